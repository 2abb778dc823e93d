package export

import (
	"os"

	"github.com/caregap/caregap/internal/diag"
)

func openWorkbook(file *os.File, name string, opt Options) (*File, []diag.Diagnostic) {
	return nil, []diag.Diagnostic{{Code: "not-a-workbook", Pos: diag.Pos{File: name}, Message: "workbooks cannot be read yet"}}
}
