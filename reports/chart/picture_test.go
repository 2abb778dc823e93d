package chart

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/caregap/caregap/reports"
)

// Pictures are kept at a third of their size, and compared with a tolerance: a
// letter may lie a hair further right, but nothing may be missing, of another
// colour or elsewhere.
const (
	shrink    = 3
	tolerance = 40    // of 255, in any channel of a kept pixel
	mayDiffer = 0.001 // of all kept pixels
)

var keptPictures = []string{"finding", "side-by-side", "change-capacity-gap", "capacity-gap-by-staff-group-rcp", "items-crn", "rows"}

func TestPicturesAreAsKept(t *testing.T) {
	figures := example(t)
	for _, id := range keptPictures {
		i := slices.IndexFunc(figures, func(f reports.Figure) bool { return f.ID == id })
		if i < 0 {
			t.Errorf("no figure %s", id)
			continue
		}
		got, path := smaller(decoded(t, figures[i].PNG)), filepath.Join("testdata", id+".png")
		if *update {
			var b bytes.Buffer
			if err := png.Encode(&b, got); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		kept, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if share := apart(decoded(t, kept), got); share > mayDiffer {
			t.Errorf("%s: %.2f%% of the picture differ from testdata; look at both, then run with -update", id, 100*share)
		}
	}
}

func TestPicturesThatDifferAreFound(t *testing.T) {
	a := image.NewRGBA(image.Rect(0, 0, 100, 100))
	b := image.NewRGBA(image.Rect(0, 0, 100, 100))
	if share := apart(a, b); share != 0 {
		t.Errorf("the same picture differs by %g", share)
	}
	for x := range 20 {
		b.SetRGBA(x, 7, color.RGBA{R: 255, A: 255})
	}
	if share := apart(a, b); share != 20/1e4 {
		t.Errorf("a line of 20 pixels is %g", share)
	}
	if share := apart(a, image.NewRGBA(image.Rect(0, 0, 100, 99))); share != 1 {
		t.Errorf("another size is %g", share)
	}
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// smaller is a picture of a third the size, each pixel the mean of nine.
func smaller(img image.Image) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/shrink, b.Dy()/shrink))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [3]uint32
			for i := range shrink * shrink {
				r, g, b, _ := img.At(x*shrink+i%shrink, y*shrink+i/shrink).RGBA()
				sum[0], sum[1], sum[2] = sum[0]+r>>8, sum[1]+g>>8, sum[2]+b>>8
			}
			const n = shrink * shrink
			out.SetRGBA(x, y, color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 255})
		}
	}
	return out
}

// apart is the share of pixels that differ by more than the tolerance.
func apart(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return 1
	}
	n, all := 0, a.Bounds().Dx()*a.Bounds().Dy()
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			for _, pair := range [][2]uint32{{r1, r2}, {g1, g2}, {b1, b2}} {
				if d := int(pair[0]>>8) - int(pair[1]>>8); d > tolerance || d < -tolerance {
					n++
					break
				}
			}
		}
	}
	return float64(n) / float64(all)
}

// A picture says how large it is: 159 mm wide at 300 dots to an inch.
func TestPicturesSayTheirSize(t *testing.T) {
	for _, f := range example(t) {
		i := bytes.Index(f.PNG, []byte("pHYs"))
		if i < 0 {
			t.Fatalf("%s does not", f.ID)
		}
		width, density, unit := decoded(t, f.PNG).Bounds().Dx(), binary.BigEndian.Uint32(f.PNG[i+4:]), f.PNG[i+12]
		if mm := 1000 * float64(width) / float64(density); unit != 1 || mm < 158.9 || mm > 159.1 {
			t.Errorf("%s: %g mm", f.ID, mm)
		}
		if dpi := float64(density) * 0.0254; dpi < 299.9 || dpi > 300.1 {
			t.Errorf("%s: %g dots to an inch", f.ID, dpi)
		}
	}
}

// Nothing touches the edge of a picture.
func TestPicturesHaveAMargin(t *testing.T) {
	const margin = 24 // pixels, of 30 that are left; letters may reach a little further
	for _, f := range example(t) {
		img := decoded(t, f.PNG).(*image.Paletted)
		ground := img.Palette.Index(bg.rgba())
		b := img.Bounds()
		for y := range b.Dy() {
			for x := range b.Dx() {
				edge := x < margin || y < margin || x >= b.Dx()-margin || y >= b.Dy()-margin
				if edge && int(img.Pix[y*img.Stride+x]) != ground {
					t.Fatalf("%s: something at %d,%d of %v", f.ID, x, y, b)
				}
			}
		}
	}
}
