package export

// Limits bound what a file may make the program do. Zero means the default.
type Limits struct {
	UnpackedBytes int64 // of a workbook's parts together; default 4 GiB
	Ratio         int64 // unpacked over packed size of one part; default 500
	Columns       int   // default 16,384
	CellBytes     int   // of one field or cell; default 16 MiB
}

// WithDefaults fills what is zero.
func (l Limits) WithDefaults() Limits {
	if l.UnpackedBytes == 0 {
		l.UnpackedBytes = 4 << 30
	}
	if l.Ratio == 0 {
		l.Ratio = 500
	}
	if l.Columns == 0 {
		l.Columns = 16_384
	}
	if l.CellBytes == 0 {
		l.CellBytes = 16 << 20
	}
	return l
}
