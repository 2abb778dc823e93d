package draft

import (
	"fmt"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/personal"
)

// others says what stands in no entry: numbers by their headings, the rest counted.
func (b *book) others() {
	numbers, texts, nameless := b.numbers(), b.texts(), b.nameless()
	if len(numbers)+texts+nameless == 0 {
		return
	}
	b.gap()
	if len(numbers) > 0 {
		b.say(0, "Numbers, which no item or variable reads as they are:")
	}
	for _, n := range numbers {
		b.say(2, n)
	}
	if nameless > 0 {
		b.say(0, fmt.Sprintf("%s cannot be named: a heading is missing, must not be shown, or is that of another column too.", count(nameless, "closed question")))
	}
	if texts > 0 {
		b.say(0, fmt.Sprintf("%s of free text, dates or personal data are not offered.", count(texts, "column")))
	}
}

// asking are the columns of questions, open texts beside options aside.
func (b *book) asking() []*inspect.Column {
	var out []*inspect.Column
	for i := range b.e.Report.Columns {
		if c := &b.e.Report.Columns[i]; c.Role == export.RoleQuestion && !c.Open {
			out = append(out, c)
		}
	}
	return out
}

func (b *book) numbers() []string {
	var out []string
	for _, c := range b.asking() {
		if c.Kind == inspect.Number && b.name(c) != "" {
			out = append(out, personal.Mask(fmt.Sprintf("%s: %s", c.Title(), count(c.Answered, "number"))))
		}
	}
	return out
}

// texts counts the columns of texts, dates and personal data.
func (b *book) texts() int {
	n := 0
	for i := range b.e.Report.Columns {
		if b.e.Report.Columns[i].Role == export.RolePersonal {
			n++
		}
	}
	for _, c := range b.asking() {
		if c.Kind == inspect.Text || c.Kind == inspect.Date {
			n++
		}
	}
	return n
}

// nameless counts the closed questions that no codebook can name.
func (b *book) nameless() int {
	n := 0
	for _, c := range b.asking() {
		if c.Kind.Closed() && said(c) == "" {
			n++
		}
	}
	for _, q := range b.at.rest {
		if q.name == "" && q.pattern == "" && (q.closed() || q.ticks()) {
			n++
		}
	}
	return n
}
