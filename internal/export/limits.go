package export

// Limits bound what a file may make the program do; beyond them it is refused
// with a too-large diagnostic. Zero means the default. A record of a CSV, like a
// row of a sheet as XML, may take up to twice CellBytes, and memory for one file
// grows to no more than a few times that; ordinarily it is a few MiB, and for a
// workbook its distinct texts besides. Only the first records, at most 40 and
// twice CellBytes, are read to recognise a file.
type Limits struct {
	UnpackedBytes int64 // of a workbook's parts together; default 4 GiB
	TextBytes     int64 // of a workbook's shared texts, which are held in memory; default 1 GiB
	Ratio         int64 // unpacked over packed size of one part, if it is over 16 MiB; default 500
	Columns       int   // default 16,384
	CellBytes     int   // of one field or cell; default 16 MiB
	HeadingBytes  int   // of a cell of the first row; default 256 KiB
}

// WithDefaults fills what is zero.
func (l Limits) WithDefaults() Limits {
	if l.UnpackedBytes == 0 {
		l.UnpackedBytes = 4 << 30
	}
	if l.TextBytes == 0 {
		l.TextBytes = 1 << 30
	}
	if l.HeadingBytes == 0 {
		l.HeadingBytes = 256 << 10
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
