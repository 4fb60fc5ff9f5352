package charts

import (
	"bytes"
	"testing"

	"github.com/wcharczuk/go-chart/v2"
)

// BenchmarkCards draws every golden sample. The peer in the same run is the
// plain bar chart of the engine's own library, drawn and encoded.
func BenchmarkCards(b *testing.B) {
	b.Run("peer", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var out bytes.Buffer
			if err := plainBars().Render(chart.PNG, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, s := range samples() {
		if !s.golden {
			continue
		}
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p, err := s.draw(1)
				if err != nil {
					b.Fatal(err)
				}
				p.Release()
			}
		})
	}
}

// BenchmarkJPEG encodes a card as it is sent.
func BenchmarkJPEG(b *testing.B) {
	p := mustDraw(b, board8().draw, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.JPEG(); err != nil {
			b.Fatal(err)
		}
	}
}

func plainBars() chart.BarChart {
	c := chart.BarChart{Title: "Weekly leaderboard", Width: 1080, Height: 1350, BarWidth: 80, DPI: 72}
	for _, r := range board8().Rows {
		c.Bars = append(c.Bars, chart.Value{Label: r.Text, Value: r.Value})
	}
	return c
}
