package picture

import (
	"image"
	"image/color"
	"testing"
)

// What there is most of stays exactly as it is, and the rest nearly.
func TestAPictureKeepsItsColours(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for i := range 64 * 32 {
		in := light.ground
		if i%64 > 32 { // a thousand shades of blue, each once
			in = color.RGBA{byte(i / 64 * 2), byte(i % 64), 200, 255}
		}
		m.SetRGBA(i%64, i/64, in)
	}
	got := paletted(m)
	if n := len(got.Palette); n != mostColours {
		t.Errorf("it has %d colours", n)
	}
	for i := range 64 * 32 {
		want, is := m.RGBAAt(i%64, i/64), color.RGBAModel.Convert(got.At(i%64, i/64)).(color.RGBA)
		if want == light.ground && is != want || apart(want, is, sight["all cones"]) > 25 {
			t.Fatalf("at %d it is %v, want %v", i, is, want)
		}
	}
}
