package example

// Codes of an agreement answer. Zero is blank.
const (
	blank           = 0
	agreeUnsure     = 6
	agreeNotApplies = 7
	rateUnsure      = 11
	moreUnsure      = 6
)

// The questions, in the order in which every survey of the care study has them.
const (
	wantMore = iota
	worthIt
	partOfJob
	leaveIt
	knowWho
	timeForIt
	support
	pressure
	agreements
)

const (
	skills = iota
	studyDesign
	confidence
	cover
	ratings
)

const (
	barrierOther = 7
	barriers     = 8
	helps        = 6
)

// answers is what one person says in one wave. Barriers and helps are sets of
// options, one bit each; own is what is typed under Other.
type answers struct {
	agree    [agreements]int
	rate     [ratings]int
	more     []int // 1 to 5, or moreUnsure; in studies of many questions only
	barriers uint
	helps    uint
	own      string
	comment  string
}

// question says how answers come about: trait times sign, moved by ease.
type question struct {
	trait  int
	sign   int
	ease   int // thousandths; with 150 half the average respondents agree
	unsure int // per mille
	na     int // per mille that say it does not apply
}

var agreeQuestions = [agreements]question{
	wantMore:  {will, 1, 340, 22, 4},
	worthIt:   {will, 1, 1010, 12, 0},
	partOfJob: {will, 1, 560, 25, 6},
	leaveIt:   {will, -1, -900, 20, 4},
	knowWho:   {ability, 1, 60, 30, 12},
	timeForIt: {capacity, 1, -530, 14, 18},
	support:   {capacity, 1, -180, 46, 14},
	pressure:  {capacity, -1, -520, 28, 20},
}

var rateQuestions = [ratings]question{
	skills:      {ability, 1, 650, 20, 0},
	studyDesign: {ability, 1, -50, 48, 0},
	confidence:  {ability, 1, 480, 30, 0},
	cover:       {capacity, 1, -640, 85, 0},
}

// tick says how an option comes to be ticked: by lacking a trait, beyond a bar.
type tick struct{ trait, bar int }

var barrierTicks = [barriers]tick{
	{capacity, -80}, {capacity, 520}, {ability, 760}, {capacity, 720}, {ability, 900}, {ability, 1080}, {capacity, 600}, {will, 1750},
}

var helpTicks = [helps]tick{
	{capacity, -290}, {ability, 300}, {ability, 430}, {capacity, 560}, {will, 820}, {capacity, 380},
}

func answer(s source, has traits, comments []string) answers {
	var a answers
	for i, q := range agreeQuestions {
		a.agree[i] = q.agreement(s, has)
	}
	for i, q := range rateQuestions {
		a.rate[i] = q.rating(s, has)
	}
	a.barriers = ticked(s, has, barrierTicks[:])
	a.helps = ticked(s, has, helpTicks[:])
	if a.barriers>>barrierOther&1 == 1 {
		a.own = ownWords[s.below(len(ownWords))]
	}
	if len(comments) > 0 && s.chance(130) {
		a.comment = comments[s.below(len(comments))]
	}
	return a
}

// pull is where on the answer scale someone stands, in thousandths.
func (q question) pull(s source, has traits) int {
	return q.ease + (q.sign*750*has[q.trait]+660*s.normal())/1000
}

const skipped = 18 // per mille of answers left blank

func (q question) agreement(s source, has traits) int {
	at := q.pull(s, has)
	switch draw := s.below(1000); {
	case draw < skipped:
		return blank
	case draw < skipped+q.unsure:
		return agreeUnsure
	case draw < skipped+q.unsure+q.na:
		return agreeNotApplies
	}
	code := 1
	for _, cut := range []int{-1250, -450, 150, 1180} {
		if at > cut {
			code++
		}
	}
	return code
}

func (q question) rating(s source, has traits) int {
	at := q.pull(s, has)
	switch draw := s.below(1000); {
	case draw < skipped:
		return blank
	case draw < skipped+q.unsure:
		return rateUnsure
	}
	return min(max((5500+2100*at/1000+500)/1000, 1), 10)
}

// further answers n questions more, which are about the traits in turn and ever
// harder to agree with.
func further(s source, has traits, n int) []int {
	more := make([]int, n)
	for i := range more {
		q := question{trait: i % len(has), sign: 1, ease: 900 - 45*i, unsure: 25}
		more[i] = min(q.agreement(s, has), moreUnsure)
	}
	return more
}

func ticked(s source, has traits, ticks []tick) uint {
	if s.chance(20) {
		return 0
	}
	var set uint
	for i, t := range ticks {
		if (-600*has[t.trait]+800*s.normal())/1000 > t.bar {
			set |= 1 << i
		}
	}
	return set
}
