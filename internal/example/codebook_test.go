package example

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
)

// Every column that a codebook names is in its export once, and every answer
// there is one that the codebook or the framework names.
func TestCodebooksFitTheirExports(t *testing.T) {
	for _, st := range studies() {
		loaded := load(t, st.id)
		for _, w := range st.waves {
			t.Run(st.id+"/"+w.survey+"/"+w.id, func(t *testing.T) {
				wave := loaded.Survey(w.survey).Wave(w.id)
				c := fit{t: t, framework: loaded.Framework, book: wave.Codebook, wave: w.id, grid: readGrid(t, st.id, w.file, w.platform)}
				c.named()
				c.items()
				c.choices()
				c.variables()
			})
		}
	}
}

func load(t *testing.T, id string) *study.Study {
	t.Helper()
	s, problems, err := study.Load(filepath.Join(folder, id))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems.Sorted() {
		t.Errorf("%s", p)
	}
	if s == nil {
		t.FailNow()
	}
	return s
}

type fit struct {
	t         *testing.T
	framework *study.Framework
	book      *study.Codebook
	wave      string
	grid      grid
}

// named checks the columns that hold no answers.
func (c fit) named() {
	for what, names := range map[string]study.Names{
		"id": c.book.ID, "person": c.book.Person, "completed": c.book.Completed,
		"weight": c.book.Design.Weight, "stratum": c.book.Design.Stratum, "psu": c.book.Design.PSU, "fpc": c.book.Design.FPC,
	} {
		if len(names) > 0 {
			c.grid.column(c.t, what, names)
		}
	}
	for _, k := range c.book.Keep {
		c.grid.column(c.t, "keep", study.Names{k.ID})
	}
}

func asked(waves study.Names, wave string) bool {
	for _, w := range waves {
		if w == wave {
			return true
		}
	}
	return len(waves) == 0
}

func (c fit) items() {
	for id, src := range c.book.Items.All() {
		if !asked(src.Waves, c.wave) {
			continue
		}
		_, scale, ok := c.framework.ItemScale(id)
		if !ok {
			c.t.Errorf("item %s is on no scale", id)
			continue
		}
		known := c.known(src.Labels, src.Missing)
		add(known, scale.Options...)
		add(known, scale.Unscored...)
		if scale.Min != nil {
			for n := *scale.Min; n <= *scale.Max; n++ {
				add(known, strconv.Itoa(n))
			}
		}
		c.answers("item "+id, c.grid.column(c.t, "item "+id, src.Column), known, src.Unknown)
	}
}

func (c fit) variables() {
	for id, src := range c.book.Variables.All() {
		variable, _ := c.framework.Variables.Get(id)
		column := c.grid.column(c.t, "variable "+id, src.Column)
		if variable.Organisation {
			continue
		}
		known := c.known(src.Map, src.Missing)
		for category, label := range variable.Categories.All() {
			add(known, category, label)
		}
		c.answers("variable "+id, column, known, src.Unknown)
	}
}

func (c fit) choices() {
	for id, src := range c.book.Choices.All() {
		choice, _ := c.framework.Choices.Get(id)
		known := c.known(src.Map, nil)
		for _, label := range choice.Options.All() {
			add(known, label)
		}
		if src.Columns == "" {
			column := c.grid.column(c.t, "choice "+id, src.Column)
			c.joined(id, column, src, known)
			continue
		}
		columns, options := c.grid.pattern(src.Columns)
		if len(columns) != len(choice.Options) {
			c.t.Errorf("choice %s: %d columns for %d options", id, len(columns), len(choice.Options))
		}
		for i, o := range options {
			if !known[o] {
				c.t.Errorf("choice %s: column %d is the option %q, which nothing names", id, columns[i]+1, o)
			}
			// Under an open Other any text is a tick.
			if !strings.Contains(o, "please specify") {
				c.answers("choice "+id, columns[i], map[string]bool{"": true, "0": true, o: true}, "")
			}
		}
	}
}

func (c fit) joined(id string, column int, src study.ChoiceSource, known map[string]bool) {
	for i, row := range c.grid.rows {
		for part := range strings.SplitSeq(row[column], src.Separator) {
			if p := fold.String(part); p != "" && !known[p] && src.Unknown != "invalid" {
				c.t.Errorf("choice %s, row %d: %q is no option", id, i+1, part)
			}
		}
	}
}

func (c fit) known(labels, missing study.Map[string]) map[string]bool {
	known := map[string]bool{"": true}
	for _, m := range []study.Map[string]{labels, missing, c.book.Missing} {
		add(known, m.IDs()...)
	}
	return known
}

func add(known map[string]bool, labels ...string) {
	for _, l := range labels {
		known[fold.String(l)] = true
	}
}

func (c fit) answers(what string, column int, known map[string]bool, unknown string) {
	if column < 0 || unknown == "invalid" {
		return
	}
	for i, row := range c.grid.rows {
		if !known[fold.String(row[column])] {
			c.t.Errorf("%s, row %d: nothing names the answer %q", what, i+1, row[column])
		}
	}
}
