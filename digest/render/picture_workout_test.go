package render_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// loop is a workout round a circle of so many kilometres, at 5:00 a kilometre.
func loop(km float64) render.Workout {
	start := time.Date(2026, 9, 12, 7, 0, 0, 0, time.UTC)
	took := time.Duration(km*300) * time.Second
	w := render.Workout{
		Activity: store.Activity{Sport: store.Run, Start: start, Local: start, Elapsed: took, Moving: took, Distance: km * 1000, AvgHR: 150, Climb: 80},
		Who:      "Ana", Hide: "a secret",
	}
	for i := range 201 {
		part := float64(i) / 200
		angle, radius := 2*math.Pi*part, km*1000/2/math.Pi/111195
		w.Track = append(w.Track, store.Moment{
			Seconds: part * took.Seconds(), Distance: part * w.Distance, Speed: math.NaN(), Heart: 140 + 10*part,
			Latitude: 38.7 + radius*math.Sin(angle), Longitude: -9.1 + radius*math.Cos(angle)/math.Cos(38.7*math.Pi/180), Altitude: 40 + 30*math.Sin(angle),
		})
	}
	return w
}

func TestPicturesOfAWorkoutTellItsFigures(t *testing.T) {
	for _, units := range []store.Units{store.Kilometres, store.Miles} {
		l := locale.For("en", units)
		title, pace := "Run, 12 km", "5:00 /km"
		if units == store.Miles {
			title, pace = "Run, 7.5 mi", "8:03 /mi"
		}
		for name, draw := range map[string]func(render.Workout, *locale.Locale) (render.Card, bool, error){"route": render.RoutePicture, "pace": render.PacePicture} {
			card, drawn, err := draw(loop(12), l)
			if err != nil || !drawn {
				t.Fatalf("%s: drawn %v, %v", name, drawn, err)
			}
			if !strings.Contains(card.Picture.Alt, title) || !strings.Contains(card.Caption, title) {
				t.Errorf("%s in %s: %q, caption %q", name, units, card.Picture.Alt, card.Caption)
			}
			found := false
			for _, text := range card.Picture.Texts {
				found = found || text.S == pace
			}
			if !found {
				t.Errorf("%s in %s does not show %s", name, units, pace)
			}
		}
	}
}

func TestAShortWayIsNotShown(t *testing.T) {
	if _, drawn, err := render.RoutePicture(loop(0.6), locale.For("en", store.Kilometres)); drawn || err != nil {
		t.Errorf("drawn %v, %v", drawn, err)
	}
	w := loop(5)
	w.Track = nil
	for name, draw := range map[string]func(render.Workout, *locale.Locale) (render.Card, bool, error){"route": render.RoutePicture, "pace": render.PacePicture} {
		if _, drawn, err := draw(w, locale.For("en", store.Kilometres)); drawn || err != nil {
			t.Errorf("%s without a track: drawn %v, %v", name, drawn, err)
		}
	}
}
