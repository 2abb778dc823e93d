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
	files  []int // indexes of exports
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
// names differ in the year only are waves of one survey, and files of one year and
// survey are separate surveys unless their columns are the same.
func surveys(exports []Export) []wave {
	var out []wave
	names := newIDs()
	byStem := map[string]string{}
	for i, e := range exports {
		stem, id, dated := nameParts(e.Path)
		at := slices.IndexFunc(out, func(w wave) bool {
			return w.title == title(stem) && w.id == id && sameColumns(exports[w.files[0]], e)
		})
		if at >= 0 {
			out[at].files = append(out[at].files, i)
			continue
		}
		survey, known := byStem[stem]
		if !known || slices.ContainsFunc(out, func(w wave) bool { return w.survey == survey && w.id == id }) {
			survey = names.of(stem, "survey")
			byStem[stem] = survey
		}
		out = append(out, wave{survey: survey, title: title(stem), id: id, dated: dated, files: []int{i}})
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
func nameParts(file string) (stem, wave string, dated bool) {
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
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
	return strings.ToLower(strings.Join(kept, " ")), wave, dated
}

func title(stem string) string {
	r := []rune(stem)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// sameColumns reports whether two exports have the same headings.
func sameColumns(a, b Export) bool {
	if a.Layout.Platform != b.Layout.Platform || len(a.Layout.Columns) != len(b.Layout.Columns) {
		return false
	}
	for i, c := range a.Layout.Columns {
		if !sameLabel(c.Code, b.Layout.Columns[i].Code) || !sameLabel(c.Text, b.Layout.Columns[i].Text) {
			return false
		}
	}
	return true
}
