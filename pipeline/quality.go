package pipeline

import "html/template"

// qualityPage is private/quality.html: the data's account for whoever may see it. It
// quotes what respondents wrote, and so may load nothing and run nothing.
var qualityPage = template.Must(template.New("quality").Parse(`<!DOCTYPE html>
<html lang="en-GB">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>Data quality: {{.Title}}</title>
<style>body{font:16px/1.5 Arial,"Liberation Sans",Helvetica,sans-serif;margin:2em}table{border-collapse:collapse}th,td{text-align:left;padding:.2em .8em;border-bottom:1px solid #d9d9d9}td:last-child{text-align:right}</style>
<h1>Data quality: {{.Title}}</h1>
{{with .Notice}}<p><strong>{{.}}</strong></p>{{end}}
<p>Private: this page quotes answers. Every row of every file is a respondent or set aside with a reason.</p>
<table>
{{range $i, $row := .Rows}}<tr>{{range $row}}{{if eq $i 0}}<th scope="col">{{.}}</th>{{else}}<td>{{.}}</td>{{end}}{{end}}</tr>
{{end}}</table>
</html>
`))
