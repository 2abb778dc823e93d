package chart

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"math"
	"slices"
	"sync"
)

// A picture is printed like the drawing, 159 mm wide, with 300 dots to an inch:
// 1878 pixels, and so its pixels are 11811 to a metre, which it says.
const (
	pixelsWide   = 1878
	pixelsAMetre = 11811
)

// memory is the buffers of one picture, which take megabytes and are used again.
type memory struct {
	pixels  []uint8
	indices []uint8
	encoder *png.EncoderBuffer
}

// Get and Put make memory a png.EncoderBufferPool of one buffer.
func (m *memory) Get() *png.EncoderBuffer  { return m.encoder }
func (m *memory) Put(b *png.EncoderBuffer) { m.encoder = b }

var memories = sync.Pool{New: func() any { return &memory{} }}

// sized returns n bytes of a buffer, whatever they held.
func sized(b *[]uint8, n int) []uint8 {
	if cap(*b) < n {
		*b = make([]uint8, n)
	}
	return (*b)[:n]
}

// writePNG draws the picture.
func (c *canvas) writePNG() ([]byte, error) {
	m := memories.Get().(*memory)
	defer memories.Put(m)
	scale := pixelsWide / c.fullWidth()
	bounds := image.Rect(0, 0, pixelsWide, int(math.Round(c.fullHeight()*scale)))
	picture := &image.RGBA{Pix: sized(&m.pixels, 4*bounds.Dx()*bounds.Dy()), Stride: 4 * bounds.Dx(), Rect: bounds}
	p := newPainter(picture, scale, c.margin)
	for _, mark := range c.all() {
		mark.paint(p)
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: m}
	if err := encoder.Encode(&b, m.indexed(picture)); err != nil {
		return nil, fmt.Errorf("encode picture: %w", err)
	}
	return withSize(b.Bytes()), nil
}

// withSize puts how large a pixel is after the first chunk of a PNG, which is
// its header of a fixed size. Programs place the picture by it.
//
//gosec:disable G115 -- the chunk has 13 bytes
func withSize(file []byte) []byte {
	const header = 8 + 4 + 4 + 13 + 4
	chunk := binary.BigEndian.AppendUint32([]byte("pHYs"), pixelsAMetre)
	chunk = append(binary.BigEndian.AppendUint32(chunk, pixelsAMetre), 1) // 1: the unit is the metre
	sized := binary.BigEndian.AppendUint32(nil, uint32(len(chunk)-4))
	sized = binary.BigEndian.AppendUint32(append(sized, chunk...), crc32.ChecksumIEEE(chunk))
	return slices.Concat(file[:header], sized, file[header:])
}
