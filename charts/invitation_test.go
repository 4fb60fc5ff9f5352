package charts

import (
	"math"
	"testing"

	"rsc.io/qr"
)

func invite() Invitation {
	return Invitation{
		Eyebrow: "Join us", Name: "Tuesday Runners", Link: "https://wa.me/351910009999?text=%2Flink%20TRU4",
		Scan: "Scan to join", Code: "or write /link TRU4", Note: "Nobody is shown without saying yes.",
		Alt: "QR code of the invitation to Tuesday Runners.",
	}
}

func inviteSamples() []sample {
	dark, wild := invite(), invite()
	dark.Dark = true
	wild.Name = "🏃‍♀️ Laufgruppe Unterhaching am frühen Dienstagmorgen e.V. 🏃"
	wild.Scan = "Scannez ce code pour participer avec nous tous"
	wild.Note = "Nobody is shown without saying yes, and whoever has said yes can take it back at any time with a word."
	return []sample{
		{name: "invitation", draw: invite().draw, golden: true},
		{name: "invitation-dark", draw: dark.draw},
		{name: "invitation-wild", draw: wild.draw},
	}
}

// A camera reads what is painted: every module but those under the sign is
// dark or light as the code says, at full size and at half.
func TestTheCodeIsPaintedAsItIs(t *testing.T) {
	for _, dark := range []bool{false, true} {
		v := invite()
		v.Dark = dark
		for _, scale := range []float64{1, 0.5} {
			checkModules(t, v, mustDraw(t, v.draw, scale), scale)
		}
	}
}

func checkModules(t *testing.T, v Invitation, p Picture, scale float64) {
	t.Helper()
	code, err := qr.Encode(v.Link, qr.H)
	if err != nil {
		t.Fatal(err)
	}
	n := code.Size
	side := math.Floor(inviteSide / float64(n+2*quietZone))
	x0 := math.Round((width - side*float64(n)) / 2)
	y0 := math.Round(inviteTop + 52 + (inviteSide-side*float64(n))/2)
	wrong := 0
	for j := -quietZone; j < n+quietZone; j++ {
		for i := -quietZone; i < n+quietZone; i++ {
			x, y := x0+side*(float64(i)+0.5), y0+side*(float64(j)+0.5)
			c := p.Image.RGBAAt(int(x*scale), int(y*scale))
			black := int(c.R)+int(c.G)+int(c.B) < 3*128
			want := i >= 0 && j >= 0 && i < n && j < n && code.Black(i, j)
			if black != want {
				wrong++
			}
		}
	}
	if wrong > n*n/25 { // of the third that may be lost
		t.Errorf("dark %v, scale %v: %d of %d modules are wrong", v.Dark, scale, wrong, n*n)
	}
}

func TestAnInvitationNeedsALink(t *testing.T) {
	v := invite()
	v.Link = ""
	if _, err := v.Draw(); err != ErrEmpty {
		t.Errorf("error %v", err)
	}
}
