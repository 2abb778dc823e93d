package draft

import (
	"cmp"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// wave is one wave of a survey as the names of files tell it.
type wave struct {
	survey string // id
	title  string
	id     string // year, or 1
	dated  bool
	export int // index of its export
	book   string
}

var (
	// year is one of a date or by itself; numbers of five digits or more have none.
	year = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)(?:[^0-9]|$)`)
	// dates are what platforms add to the names of files.
	dates = regexp.MustCompile(`(?i)(?:19|20)\d\d(?:[-_. ]?\d{2}){0,2}(?:[-_ T]\d{2}[-_.]?\d{2}(?:[-_.]?\d{2})?)?|\(\d+(?:-\d+)?\)|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b[ +]?\d{0,2},?|\b\d{1,2}[._]\d{2}\b`)
)

// boilerplate are words of file names that name no survey.
var boilerplate = setOf("results result for survey export exports data dataset responses response final copy raw cleaned clean coded values labels v1 v2 csv xlsx the of to surveymonkey limesurvey qualtrics jisc redcap smartsurvey googleforms msforms forms form")

// surveys tells by the names of files which surveys and waves there are: files whose
// names differ in the year only are waves of one survey.
func surveys(exports []Export) []wave {
	var out []wave
	names := &ids{used: setOf(strings.Join(reserved[:levels], " "))}
	known := map[string]string{} // name without the year to survey
	for i, e := range exports {
		words, id, dated := nameParts(e.Path)
		stem := strings.ToLower(words)
		survey := known[stem]
		if survey == "" || slices.ContainsFunc(out, func(w wave) bool { return w.survey == survey && w.id == id }) {
			survey = names.of(stem, "survey")
			known[stem] = survey
		}
		out = append(out, wave{survey: survey, title: title(words), id: id, dated: dated, export: i})
	}
	return sorted(out)
}

// sorted puts the waves of a survey together, the earliest first; surveys stay in
// the order of their first files.
func sorted(waves []wave) []wave {
	first := map[string]int{}
	for i := len(waves) - 1; i >= 0; i-- {
		first[waves[i].survey] = i
	}
	slices.SortStableFunc(waves, func(a, b wave) int {
		return cmp.Or(cmp.Compare(first[a.survey], first[b.survey]), cmp.Compare(a.id, b.id))
	})
	return waves
}

// nameParts takes a file's name apart: what names the survey, and the year.
func nameParts(file string) (names, wave string, dated bool) {
	name := strings.NewReplacer("_", " ", "+", " ").Replace(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
	wave = "1"
	if m := year.FindStringSubmatch(name); m != nil {
		wave, dated = m[1], true
	}
	var kept, all []string
	for _, w := range strings.FieldsFunc(dates.ReplaceAllString(name, " "), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if strings.Trim(w, "0123456789") == "" {
			continue
		}
		if all = append(all, w); !boilerplate[strings.ToLower(w)] {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		kept = append(all, "survey")[:1]
	}
	return strings.Join(kept, " "), wave, dated
}

func title(words string) string {
	r := []rune(words)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
