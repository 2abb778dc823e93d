package draft

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Folder is a drafted study: the text of its files, and the exports that it reads.
type Folder struct {
	Files   []File // in the order in which they are to be read
	Exports []Copy
	Bare    bool // no question on a scale was found: the framework is a sample
}

// File is a file of a drafted study; Name is its path in the study, with slashes.
type File struct{ Name, Text string }

// Copy is an export of a study: the file From, as Name, with slashes, in the study.
type Copy struct {
	From, Name string
	there      bool // From lies in the study already
}

// There reports whether the file lies in the study and is not copied.
func (c Copy) There() bool { return c.there }

// Study drafts the study of exports that is to lie in dir.
func Study(dir string, exports []Export) Folder {
	g := newGuess(exports)
	waves := surveys(exports)
	out := Folder{Exports: copies(dir, exports), Bare: len(g.f.Items) == 0}
	books := g.books(waves, exports, out.Exports)
	out.Files = append([]File{
		{"study.yaml", writeStudy(nameOf(dir), g, waves, out.Exports)},
		{"framework.yaml", g.writeFramework()},
	}, books...)
	out.Files = append(out.Files, File{".gitignore", ignored})
	return out
}

// nameOf is the name of a folder, of the present one too.
func nameOf(dir string) string {
	return filepath.Base(absolute(dir))
}

// ignored is the .gitignore of a study.
const ignored = `# What a run makes, and the key by which ids are hashed.
out/
.caregap-key
# Exports hold personal data. Take this line out only where all who see the
# repository may see them.
exports/
`

// copies gives each export, and what is read beside it, a name in the study.
func copies(dir string, exports []Export) []Copy {
	var out []Copy
	for _, e := range exports {
		out = append(out, inStudy(dir, e.Path))
	}
	for _, e := range exports {
		for _, b := range e.Layout.Beside {
			c := inStudy(dir, filepath.Join(filepath.Dir(e.Path), path.Base(b)))
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// inStudy is where a file goes: where it is, if that is in the study and the file no
// link that leads out of it.
func inStudy(dir, file string) Copy {
	from, err := filepath.EvalSymlinks(file)
	to, wrong := filepath.EvalSymlinks(dir)
	if err == nil && wrong == nil {
		if rel, err := filepath.Rel(absolute(to), absolute(from)); err == nil && filepath.IsLocal(rel) {
			return Copy{file, filepath.ToSlash(rel), true}
		}
	}
	return Copy{file, "exports/" + filepath.Base(file), false}
}

// absolute is the whole path of a file, or the path itself where that is not known.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// books writes a codebook for each wave. Waves of a survey whose codebooks are the
// same share one, that of the first.
func (g *guess) books(waves []wave, exports []Export, copied []Copy) []File {
	var out []File
	text := map[string]string{} // by survey: the first wave's lines that count
	for i := range waves {
		w := &waves[i]
		at := w.export
		e := exports[at]
		report := *e.Report
		report.File = copied[at].Name
		e.Report = &report
		body := writeBook(e, &g.f, g.found[at], false)
		first, again := text[w.survey]
		w.book = "codebooks/" + w.survey + ".yaml"
		if again && first == counting(body) {
			continue
		}
		if again {
			w.book = "codebooks/" + w.survey + "-" + w.id + ".yaml"
		} else {
			text[w.survey] = counting(body)
		}
		out = append(out, File{w.book, body})
	}
	return out
}

// counting are the lines of a file that are no comments.
func counting(text string) string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		l, _, _ = strings.Cut(l, "  # ")
		if t := strings.TrimSpace(l); t != "" && t[0] != '#' {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// writeStudy writes study.yaml.
func writeStudy(name string, g *guess, waves []wave, copied []Copy) string {
	p := &page{}
	p.say(0, "A draft. Titles and waves are guessed from the names of the exports.")
	p.put(0, "version: 1", "")
	p.put(0, "id: "+scalar(newIDs().of(name, "study")), "")
	p.put(0, "title: "+scalar(title(strings.Join(strings.FieldsFunc(name+" study", notWord), " "))), "of every report: give it its own")
	p.put(0, "framework: framework.yaml", "")
	p.put(0, "surveys:", "")
	for i, w := range waves {
		if i == 0 || waves[i-1].survey != w.survey {
			p.put(2, "- id: "+w.survey, "")
			p.put(4, "title: "+scalar(w.title), "its full name")
			p.put(4, "codebook: "+w.book, "")
			p.put(4, "waves:", "")
		}
		p.wave(w, waves, copied)
	}
	if ids := g.breakdowns(); len(ids) > 0 {
		p.gap()
		p.put(0, "breakdowns: "+list(ids), "every one makes the report longer")
	}
	return p.String()
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func (p *page) wave(w wave, waves []wave, copied []Copy) {
	note := ""
	if !w.dated {
		note = "no year in the file's name: give the wave its own"
	}
	p.put(6, "- id: "+quoted(w.id), note)
	p.put(8, "exports: "+list([]string{pattern(copied[w.export].Name)}), "")
	if first := waves[slices.IndexFunc(waves, func(o wave) bool { return o.survey == w.survey })]; first.book != w.book {
		p.put(8, "codebook: "+scalar(w.book), "")
	}
	p.put(8, "#fieldwork: {from: YYYY-MM-DD, to: YYYY-MM-DD, recruitment: open, mode: online}", "")
}

// pattern is a path in which nothing is a wildcard.
func pattern(file string) string {
	for _, c := range []string{`*`, `?`, `[`} {
		file = strings.ReplaceAll(file, c, "["+c+"]")
	}
	return file
}
