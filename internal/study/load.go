package study

import (
	"path"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/caregap/caregap/internal/diag"
)

// Options say how a study is read.
type Options struct {
	// AllowOutside lets study files name files outside the study's folder, by an
	// absolute path, by .. or through a link. By default that is a problem, as a
	// study that somebody sent could otherwise read what its sender may not.
	AllowOutside bool
}

// Load reads a study without options.
func Load(userPath string) (*Study, *diag.List, error) { return Options{}.Load(userPath) }

// Load reads a study: userPath is its folder or its study.yaml. What is wrong
// with the files is on the list, all of it; the study is nil when the list has
// errors and complete when it has none. The error is for what is no user's to
// mend, such as a failing disk.
func (o Options) Load(userPath string) (*Study, *diag.List, error) {
	list := &diag.List{}
	dir, name, ok, err := openFolder(userPath, list)
	if err != nil || !ok {
		return nil, list, err
	}
	dir.anywhere = o.AllowOutside
	l := &loader{folder: dir, list: list, codebooks: map[string]*codebook{}}
	if dir.leaves(name) {
		l.refuse(diag.Pos{File: filepath.ToSlash(userPath)}, linkOutside(name))
		return nil, list, nil
	}
	s, err := l.study(name, diag.Pos{File: filepath.ToSlash(userPath)})
	if err != nil || list.HasErrors() {
		return nil, list, err
	}
	s.Dir, s.Path = dir.dir, userPath
	return s, list, nil
}

// loader holds what has been read of one study.
type loader struct {
	folder    folder
	list      *diag.List
	files     []string             // names of the files read
	text      []byte               // of the last of them
	codebooks map[string]*codebook // by file, extends resolved; nil: unusable, and said so
}

// study reads everything, in the order of the package comment. It goes on as
// long as there is something left to check.
func (l *loader) study(name string, refer diag.Pos) (*Study, error) {
	var file StudyFile
	at, err := l.file(name, refer, &file)
	if err != nil || at == nil {
		return nil, err
	}
	requirement{places: at, list: l.list}.inside(reflect.ValueOf(file), "")
	l.version(file.Version, at)

	framework, fwAt, err := l.framework(&file, at)
	if err != nil {
		return nil, err
	}
	surveys, err := l.surveys(&file, at)
	if err != nil {
		return nil, err
	}
	if framework == nil {
		return nil, nil
	}
	s := &Study{
		ID: file.ID, Title: file.Title, Notice: file.Notice, Framework: framework, Surveys: surveys,
		Breakdowns: file.Breakdowns, SamePeople: file.SamePeople, Published: file.Published, Merged: file.Merge,
	}
	if err := l.check(s, &file, at, fwAt); err != nil || l.list.HasErrors() {
		return nil, err
	}
	s.Files = slices.Sorted(slices.Values(l.files))
	s.setDefaults(&file)
	return s, nil
}

// file reads and decodes one file into out; nil places when that is impossible.
func (l *loader) file(name string, refer diag.Pos, out any) (places, error) {
	data, ok, err := l.folder.read(name, refer, l.list)
	if err != nil || !ok {
		return nil, err
	}
	l.files, l.text = append(l.files, name), data
	return decode(name, data, out, l.list), nil
}

func (l *loader) version(v int, at places) {
	if at.sound(to("version")) && v != 1 {
		l.list.Errorf("unsupported-version", at.value(to("version")), "version %d of this file is not read by this caregap; expected 1", v)
	}
}

func (l *loader) framework(file *StudyFile, at places) (*Framework, places, error) {
	if file.Framework == "" {
		return nil, nil, nil
	}
	refer := at.value(to("framework"))
	name, ok := l.inside("", file.Framework, refer)
	if !ok {
		return nil, nil, nil
	}
	f := &Framework{}
	fwAt, err := l.file(name, refer, f)
	if err != nil || fwAt == nil {
		return nil, nil, err
	}
	requirement{places: fwAt, list: l.list, text: l.text}.inside(reflect.ValueOf(*f), "")
	l.version(f.Version, fwAt)
	return f, fwAt, nil
}

// inside resolves a path that a study file names, relative to base.
func (l *loader) inside(base, written string, refer diag.Pos) (string, bool) {
	name, wrong := l.folder.resolve(base, written)
	if wrong == nil && l.folder.leaves(name) {
		wrong = linkOutside(written)
	}
	if wrong != nil {
		l.refuse(refer, wrong)
		return "", false
	}
	return name, true
}

// refuse says that a study file may not name this path.
func (l *loader) refuse(refer diag.Pos, wrong *diag.Diagnostic) {
	wrong.Pos = refer
	l.list.Add(*wrong)
}

// surveys reads every codebook and finds every export.
func (l *loader) surveys(file *StudyFile, at places) ([]*Survey, error) {
	var out []*Survey
	for i, sf := range file.Surveys {
		p := to("surveys", i)
		shared, err := l.named(sf.Codebook, at.value(p.to("codebook")))
		if err != nil {
			return nil, err
		}
		s := &Survey{ID: sf.ID, Title: sf.Title}
		for j, wf := range sf.Waves {
			w, err := l.wave(sf.ID, wf, shared, at, p.to("waves", j))
			if err != nil {
				return nil, err
			}
			if wf.Codebook == "" && sf.Codebook == "" {
				l.list.Errorf("missing-key", at.value(p.to("waves", j)), "survey %q, wave %q: neither the wave nor its survey names a codebook", sf.ID, wf.ID)
			}
			s.Waves = append(s.Waves, w)
		}
		out = append(out, s)
	}
	return out, nil
}

func (l *loader) wave(survey string, wf WaveFile, shared *codebook, at places, p keyPath) (*Wave, error) {
	own, err := l.named(wf.Codebook, at.value(p.to("codebook")))
	if err != nil {
		return nil, err
	}
	if wf.Codebook == "" {
		own = shared
	}
	w := &Wave{ID: wf.ID, Fieldwork: wf.Fieldwork, Pos: wf.Pos}
	if own != nil {
		own.users = append(own.users, user{survey, wf.ID})
		w.Codebook = own.book
	}
	w.Exports = l.exports(wf.Exports, at, p.to("exports"))
	return w, nil
}

// named reads the codebook that a key names; nil where there is none.
func (l *loader) named(written string, refer diag.Pos) (*codebook, error) {
	if written == "" {
		return nil, nil
	}
	name, ok := l.inside("", written, refer)
	if !ok {
		return nil, nil
	}
	return l.codebook(name, refer, nil)
}

// base is the folder of a file that is named relative to the study's.
func base(name string) string { return path.Dir(name) }

// LoadFramework reads a framework.yaml by itself. name is how messages call it; the
// framework is nil when the list has errors.
func LoadFramework(name string, data []byte) (*Framework, *diag.List) {
	list, f := &diag.List{}, &Framework{}
	at := decode(name, data, f, list)
	if at == nil {
		return nil, list
	}
	requirement{places: at, list: list}.inside(reflect.ValueOf(*f), "")
	(&loader{list: list}).version(f.Version, at)
	(&frameworkCheck{f: f, checker: checker{list, at}}).all()
	if list.HasErrors() {
		return nil, list
	}
	return f, list
}
