package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/bidi"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// The structs below are the Frictionless Data Package, Tabular Data Package and
// Table Schema standards, version 1, as far as they are used here.

type dataPackage struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Sources     []source   `json:"sources"`
	Resources   []resource `json:"resources"`
}

type source struct {
	Title string `json:"title"`
}

type resource struct {
	Profile     string  `json:"profile"`
	Name        string  `json:"name"`
	Path        string  `json:"path"`
	Title       string  `json:"title"`
	Description string  `json:"description"`
	Format      string  `json:"format"`
	MediaType   string  `json:"mediatype"`
	Encoding    string  `json:"encoding"`
	Bytes       int     `json:"bytes"`
	Hash        string  `json:"hash"`
	Dialect     dialect `json:"dialect"`
	Schema      schema  `json:"schema"`
}

type dialect struct {
	Delimiter        string `json:"delimiter"`
	LineTerminator   string `json:"lineTerminator"`
	QuoteChar        string `json:"quoteChar"`
	DoubleQuote      bool   `json:"doubleQuote"`
	SkipInitialSpace bool   `json:"skipInitialSpace"`
	Header           bool   `json:"header"`
}

type schema struct {
	Fields        []schemaField `json:"fields"`
	MissingValues []string      `json:"missingValues"`
	PrimaryKey    []string      `json:"primaryKey,omitempty"` // the columns that tell every row from all others
}

type schemaField struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Title       string      `json:"title,omitempty"`
	Description string      `json:"description"`
	Constraints *constraint `json:"constraints,omitempty"`
}

type constraint struct {
	Enum []string `json:"enum,omitempty"`
}

// datapackage describes the files; resources are in the order of the files.
func datapackage(r *disclose.Release, resources []resource) ([]byte, error) {
	s := r.Study()
	description := "Every published number of release " + r.ID() + ", made by caregap " + r.Version() + "."
	if s.Notice != "" {
		description = s.Notice + ". " + description
	}
	p := dataPackage{
		Profile: "tabular-data-package", Name: s.ID, ID: r.ID(), Title: s.Title, Description: description,
		Sources: sources(r), Resources: resources,
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		return nil, fmt.Errorf("datapackage.json: %w", err)
	}
	return []byte(bidi.Bare(b.String())), nil
}

// sources are the surveys' waves and the publications that figures are quoted from.
func sources(r *disclose.Release) []source {
	s := r.Study()
	var out []source
	for _, w := range reports.Waves(s) {
		out = append(out, source{reports.SurveyWave(s, w.Survey, w.Wave)})
	}
	for _, p := range s.Published {
		if x := (source{p.Source}); !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

func describe(name, title, description string, data []byte, fields []schemaField, missing []string) resource {
	sum := sha256.Sum256(data)
	return resource{
		Profile: "tabular-data-resource", Name: name, Path: name + ".csv", Title: title, Description: description,
		Format: "csv", MediaType: "text/csv", Encoding: "utf-8", Bytes: len(data), Hash: "sha256:" + hex.EncodeToString(sum[:]),
		Dialect: dialect{Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true, Header: true},
		Schema:  schema{Fields: fields, MissingValues: missing},
	}
}

// tableResource describes one table's file. A numeric column counts as missing
// whatever stands in it that is no number: codes, and counts in words.
func tableResource(t reports.Table, data []byte) resource {
	fields := make([]schemaField, len(t.Columns))
	missing := []string{""}
	for i, c := range t.Columns {
		fields[i] = schemaField{Name: c.ID, Type: kind(c), Title: c.Title, Description: c.Description}
		for _, row := range t.Rows {
			if words := row[i].String(c.Places); c.Numeric && !row[i].Number.Known() && !slices.Contains(missing, words) {
				missing = append(missing, words)
			}
		}
	}
	slices.Sort(missing)
	return describe(t.ID, t.Title, t.Summary, data, fields, missing)
}

func kind(c reports.Column) string {
	switch {
	case !c.Numeric:
		return "string"
	case c.Places == 0:
		return "integer"
	}
	return "number"
}
