package workbook

import (
	"os"
	"strconv"
	"time"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
	"github.com/xuri/excelize/v2"
)

// properties are the document's own: title, subject, language, and a date that is
// the same on every run.
func properties(r *disclose.Release) excelize.DocProperties {
	st := r.Study()
	when := date(st).Format(time.RFC3339)
	return excelize.DocProperties{
		Title:          clean(orElse(st.Title, st.ID)),
		Subject:        "The gap between will, ability and capacity for research",
		Description:    sentence(st.Notice),
		Keywords:       "research, will, ability, capacity, survey",
		Creator:        "caregap",
		LastModifiedBy: "caregap",
		Language:       "en-GB",
		Version:        r.ID(),
		Created:        when,
		Modified:       when,
	}
}

// earliest is the first moment that a zip file can hold.
var earliest = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// date is SOURCE_DATE_EPOCH where it is set, else the last day of fieldwork, else
// the earliest date a file can have; never the time of the run.
func date(st *study.Study) time.Time {
	if seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return later(earliest, time.Unix(seconds, 0).UTC())
	}
	last := earliest
	for _, v := range st.Surveys {
		for _, w := range v.Waves {
			if day, err := time.Parse(time.DateOnly, w.Fieldwork.To); err == nil {
				last = later(last, day)
			}
		}
	}
	return last
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
