package xlsxfile

import "bytes"

// tag is one start or end tag. name has no prefix.
type tag struct {
	name  []byte
	attrs []byte
	close bool // </c>
	empty bool // <c/>
}

// tags walks over XML from tag to tag. It relies on "<" and ">" standing for
// nothing else, which holds for all that sheets' writers put into cells.
type tags struct {
	data    []byte
	pos     int  // after the last tag
	refused bool // there is a comment, a CDATA section or a declaration
}

// next returns the next tag and the character data before it; ok is false at the
// end of the data.
func (t *tags) next() (text []byte, out tag, ok bool) {
	open := bytes.IndexByte(t.data[t.pos:], '<')
	if open < 0 {
		return nil, tag{}, false
	}
	text = t.data[t.pos : t.pos+open]
	inner := t.data[t.pos+open+1:]
	end := bytes.IndexByte(inner, '>')
	if end < 0 {
		return nil, tag{}, false
	}
	t.pos += open + 1 + end + 1
	inner = inner[:end]
	switch n := len(inner); {
	case n == 0:
	case inner[0] == '!':
		t.refused = true
		return nil, tag{}, false
	case inner[0] == '/':
		out.close, inner = true, inner[1:]
	case inner[n-1] == '/':
		out.empty, inner = true, inner[:n-1]
	}
	out.name = inner
	for i, c := range inner {
		if c == ':' {
			out.name = inner[i+1:]
		}
		if endsName(c) {
			out.attrs = inner[i:]
			out.name = out.name[:len(out.name)-len(out.attrs)]
			break
		}
	}
	return text, out, true
}

// attribute takes the first attribute off attrs; ok is false when there is none.
func attribute(attrs []byte) (name, value, rest []byte, ok bool) {
	from := 0
	for from < len(attrs) && endsName(attrs[from]) {
		from++
	}
	eq := from
	for eq < len(attrs) && attrs[eq] != '=' {
		eq++
	}
	if eq+1 >= len(attrs) {
		return nil, nil, nil, false
	}
	quote, begin := attrs[eq+1], eq+2
	end := begin
	for end < len(attrs) && attrs[end] != quote {
		end++
	}
	if quote != '"' && quote != '\'' || end == len(attrs) {
		return nil, nil, nil, false
	}
	return attrs[from:eq], attrs[begin:end], attrs[end+1:], true
}

// digits reads a whole number without sign, -1 for anything else.
func digits(s []byte) int {
	if len(s) == 0 || len(s) > 9 {
		return -1
	}
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}
