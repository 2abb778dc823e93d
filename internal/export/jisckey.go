package export

import "strings"

// jiscKey is the key to a coded export of Jisc Online Surveys.
type jiscKey struct {
	questions []jiscQuestion
	at        map[string]int
}

// jiscQuestion is a line of a key that begins with a question's code, and the
// lines of its answers.
type jiscQuestion struct {
	code, text string
	answers    []Value
}

func newJiscKey(rows [][]string) *jiscKey {
	k := &jiscKey{at: map[string]int{}}
	for _, row := range rows {
		if len(row) < 2 {
			continue
		}
		code, text := strings.TrimSpace(row[0]), label(row[1])
		if n := len(k.questions); isDigits(code) && n > 0 {
			k.questions[n-1].answers = append(k.questions[n-1].answers, Value{code, text})
			continue
		}
		k.at[code] = len(k.questions)
		k.questions = append(k.questions, jiscQuestion{code: code, text: text})
	}
	return k
}

// explain gives columns the words of the key. A column's code is that of a
// question or of one of its answers, with what the export added to it: it is
// found by the longest beginning that the key has.
func (k *jiscKey) explain(columns []Column) {
	for i := range columns {
		c := &columns[i]
		if c.Role != RoleQuestion {
			continue
		}
		q, rest := k.find(c.Code)
		if q == nil {
			continue
		}
		stem := q.text
		if isGridCell(q.code) {
			if at, ok := k.at[q.code[:strings.IndexByte(q.code, '_')]]; ok {
				stem = join(k.questions[at].text, q.text)
			}
		}
		c.Text = stem
		switch {
		case isGridCell(q.code) && len(q.answers) > 0:
			c.Option = q.answers[0].Label
			c.Text = join(stem, c.Option)
		case rest != "":
			c.Option = q.answer(strings.TrimPrefix(rest, "_"))
			c.Text = join(stem, c.Option)
		default:
			c.Values = q.answers
		}
		c.Open = specify.MatchString(q.text) && rest == "" && len(q.answers) == 0
	}
}

// fits reports whether the key knows most of an export's questions: there may be
// the key of another survey beside it.
func (k *jiscKey) fits(columns []Column) bool {
	questions, known := 0, 0
	for _, c := range columns {
		if !jiscCode.MatchString(c.Code) {
			continue
		}
		questions++
		if q, _ := k.find(c.Code); q != nil {
			known++
		}
	}
	return 2*known > questions
}

// isGridCell reports whether a key's code is that of a cell of a grid: Q11_1_a, and
// not the one of a question within another, such as Q11_a.
func isGridCell(code string) bool {
	n := len(code)
	return n > 2 && code[n-2] == '_' && code[n-1] >= 'a' && code[n-1] <= 'z' && strings.Count(code, "_") > 1
}

// find returns the question of a column's code and what of the code is left.
func (k *jiscKey) find(code string) (*jiscQuestion, string) {
	for end := len(code); end > 0; end = strings.LastIndexByte(code[:end], '_') {
		if at, ok := k.at[code[:end]]; ok {
			return &k.questions[at], code[end:]
		}
	}
	return nil, ""
}

func (q *jiscQuestion) answer(code string) string {
	for _, a := range q.answers {
		if a.Code == code {
			return a.Label
		}
	}
	return code
}
