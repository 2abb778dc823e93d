package export

import (
	"bytes"
	"errors"
	"io"

	"github.com/caregap/caregap/internal/diag"
)

// compound tells an encrypted workbook from one of Excel 97 to 2003. Both are OLE
// compound files; the former has a stream of this name, in UTF-16.
func compound(r io.ReaderAt, name string) diag.Diagnostic {
	pos := diag.Pos{File: name}
	if holds(r, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return diag.Diagnostic{
			Code: "encrypted-workbook", Pos: pos, Message: "this workbook is protected by a password",
			Hint: "open it in Excel, take the password off under File > Info > Protect Workbook, and save it as .xlsx",
		}
	}
	return diag.Diagnostic{
		Code: "legacy-xls", Pos: pos, Message: "this is a workbook of Excel 97 to 2003 (.xls), which cannot be read",
		Hint: "open it in Excel and save it with File > Save As > Excel Workbook (.xlsx)",
	}
}

// holds reports whether the file has the bytes in its first 64 MiB.
func holds(r io.ReaderAt, want []byte) bool {
	buf := make([]byte, 1<<20)
	for at := int64(0); at < 64<<20; at += int64(len(buf) - len(want)) {
		n, err := r.ReadAt(buf, at)
		if bytes.Contains(buf[:n], want) {
			return true
		}
		if err != nil && !errors.Is(err, io.EOF) || n < len(buf) {
			return false
		}
	}
	return false
}
