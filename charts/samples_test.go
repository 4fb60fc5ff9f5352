package charts

import (
	"flag"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

var (
	update  = flag.Bool("update", false, "write the golden pictures anew")
	gallery = flag.String("gallery", "", "folder to write the samples to, in full size, to look at")
)

// sample is a picture that tests and people look at. All people are invented.
type sample struct {
	name   string
	draw   func(scale float64) (Picture, error)
	golden bool // its pixels are kept in testdata, at half size
	tall   bool // a poster: may be higher than 1350, has no title in the middle
	bare   bool // has no header
}

// samples are all pictures that are tested. To add a card, write its samples
// in a file of its own as a function that returns []sample, and name that
// function here or in memberSamples or journeySamples. Every structure test,
// the goldens (with -update), the gallery (with -gallery DIR) and the
// benchmarks then take it.
func samples() []sample {
	return slices.Concat(boardSamples(), weeksSamples(), paceSamples(), memberSamples(), journeySamples())
}

func boardSamples() []sample {
	dark, few, ten, wild := board8(), board8(), board10(), board8()
	dark.Dark = true
	few.Rows, few.Legend, few.More = few.Rows[:3], few.Legend[:2], ""
	few.Subtitle = ""
	wild.Rows = wildRows()
	wild.Title = "A title that is far too long to stand on a single line of a card"
	wild.More = "+12 more"
	wild.Legend = append(wild.Legend, Legend{Other, "Other sports", "12 h 45"})
	darkDaily, empty, short := daily7(), daily7(), daily7()
	darkDaily.Dark = true
	for i := range empty.Columns {
		empty.Columns[i].Parts = nil
	}
	empty.Legend = nil
	for i := range short.Columns {
		for j := range short.Columns[i].Parts {
			short.Columns[i].Parts[j].Value /= 4.2
		}
		if i > 3 {
			short.Columns[i].Parts, short.Columns[i].Rest = nil, ""
		}
	}
	short.Legend = short.Legend[:2]
	return []sample{
		{name: "leaderboard", draw: board8().draw, golden: true},
		{name: "leaderboard-dark", draw: dark.draw, golden: true},
		{name: "leaderboard-few", draw: few.draw},
		{name: "leaderboard-ten", draw: ten.draw, golden: true},
		{name: "leaderboard-wild", draw: wild.draw, golden: true},
		{name: "daily", draw: daily7().draw, golden: true},
		{name: "daily-dark", draw: darkDaily.draw},
		{name: "daily-empty", draw: empty.draw},
		{name: "daily-short", draw: short.draw},
		{name: "names", draw: drawNames(false), golden: true, bare: true},
		{name: "names-dark", draw: drawNames(true), bare: true},
	}
}

func board8() Leaderboard {
	return Leaderboard{
		Eyebrow:  "Morning Movers · 9–15 Nov",
		Title:    "Weekly leaderboard",
		Subtitle: "Active time, all sports — 31\u00a0h\u00a026 together",
		Alt:      "Weekly leaderboard, active time. 1 Maria José Fernández 7 h 08, 2 Łukasz Żółkiewski 6 h 00, 3 Tom 4 h 56.",
		Rows: []Row{
			{ID: "1", Name: "Maria José Fernández", Rank: 1, Value: 428, Text: "7\u00a0h\u00a008", Change: "18%", Trend: Up, Parts: []Part{{Run, 205}, {Ride, 168}, {Strength, 55}}},
			{ID: "2", Name: "Łukasz Żółkiewski", Rank: 2, Value: 360, Text: "6\u00a0h\u00a000", Change: "6%", Trend: Up, Parts: []Part{{Ride, 312}, {Run, 48}}},
			{ID: "3", Name: "Tom 🏃‍♂️🔥", Rank: 3, Value: 296, Text: "4\u00a0h\u00a056", Change: "9%", Trend: Down, Parts: []Part{{Run, 296}}},
			{ID: "4", Name: "أحمد السيد", Rank: 4, Value: 252, Text: "4\u00a0h\u00a012", Change: "31%", Trend: Up, Parts: []Part{{Swim, 120}, {Run, 92}, {Strength, 40}}},
			{ID: "5", Name: "Priya N.", Rank: 5, Value: 225, Text: "3\u00a0h\u00a045", Change: "same", Trend: Same, Parts: []Part{{WalkHike, 145}, {Strength, 80}}},
			{ID: "6", Name: "李娜 Li Na", Rank: 6, Value: 161, Text: "2\u00a0h\u00a041", Change: "22%", Trend: Down, Parts: []Part{{Swim, 95}, {WalkHike, 66}}},
			{ID: "7", Name: "Bartholomew Featherstonehaugh-Smythe", Rank: 7, Value: 119, Text: "1\u00a0h\u00a059", Change: "new", Parts: []Part{{WalkHike, 88}, {Run, 31}}},
			{ID: "8", Name: "Ingrid Østergård", Rank: 8, Value: 45, Text: "45\u00a0min", Change: "64%", Trend: Down, Parts: []Part{{Strength, 45}}},
		},
		Legend: []Legend{
			{Run, "Run", "11\u00a0h\u00a012"}, {Ride, "Ride", "8\u00a0h\u00a000"}, {WalkHike, "Walk & hike", "4\u00a0h\u00a059"},
			{Strength, "Strength", "3\u00a0h\u00a040"}, {Swim, "Swim", "3\u00a0h\u00a035"},
		},
	}
}

func wildRows() []Row {
	return []Row{
		{ID: "a", Name: "𝓕𝓪𝓷𝓬𝔂 ᴮᴵᴳ Ｎａｍｅ", Rank: 1, Value: 100, Text: "1,234 points", Change: "new", Parts: []Part{{Run, 1}, {Ride, 1}, {Swim, 1}, {WalkHike, 1}, {Strength, 1}, {Other, 1}}},
		{ID: "b", Name: "प्रिया शर्मा", Rank: 1, Value: 100, Text: "1,234 points", Change: "250%", Trend: Up, Parts: []Part{{Run, 10000}, {Ride, 1}}},
		{ID: "c", Name: "Z̴̢̛a̷̧l̶̡g̸o̵ of the many marks", Rank: 3, Value: 70, Text: "864 points", Change: "3%", Trend: Down},
		{ID: "d", Name: "דוד כהן", Rank: 4, Value: 50, Text: "617 points", Change: "same", Trend: Same, Parts: []Part{{Other, 4}}},
		{ID: "e", Name: "สมชาย ใจดี", Rank: 5, Value: 2, Text: "25 points", Change: "3%", Trend: Down, Parts: []Part{{Swim, 4}, {Run, 1}}},
		{ID: "f", Name: "王小明 😀", Fallback: "Member 7", Rank: 6, Value: 0.4, Text: "5 points", Change: "3%", Trend: Down, Parts: []Part{{Run, 1}}},
		{ID: "g", Name: "W. W. W. Wwwwwwwwwwwwwwwwwwwwwwwwwww", Rank: 7, Text: "0 points"},
		{ID: "h", Name: "\u202eevil\u202d   spaces\tand\nlines", Rank: 128, Text: "0 points"},
	}
}

func board10() Leaderboard {
	l := board8()
	l.Eyebrow, l.Title, l.Subtitle = "Harbour Runners · Week 46", "Top 10 this week", "Running distance — 1,308\u00a0km by 55 of 60 members"
	l.More, l.Legend, l.Rows = "+50 more", nil, nil
	names := []string{"Sanne de Vries", "Jokūbas Petrauskas", "Chloé Dubois", "Nguyễn Minh Anh", "Mats Lindström", "Oksana Коваль", "Rui Gonçalves", "Dr. Hannah O’Sullivan 🚴‍♀️", "Ελένη Παπαδοπούλου", "Deniz Yılmaz"}
	texts := []string{"78.4 km", "73.6 km", "69.1 km", "64.9 km", "61.0 km", "58.2 km", "54.9 km", "51.5 km", "48.4 km", "45.4 km"}
	for i, n := range names {
		l.Rows = append(l.Rows, Row{ID: n, Name: n, Rank: i + 1, Value: 78.4 - 3.6*float64(i), Text: texts[i], Parts: []Part{{Run, 1}}})
	}
	return l
}

func daily7() Daily {
	min := func(s Sport, m float64) Part { return Part{s, 60 * m} }
	return Daily{
		Eyebrow:  "Morning Movers · 9–15 Nov",
		Title:    "Active time per day",
		Subtitle: "19\u00a0h\u00a032 together — 2\u00a0h\u00a047 a day on average",
		Unit:     "h",
		Alt:      "Active time per day: Saturday was the longest with 5 h 35.",
		Columns: []Column{
			{"Mon", "9", []Part{min(Run, 95), min(Strength, 45)}, "2:20", "rest"},
			{"Tue", "10", []Part{min(Ride, 60), min(Run, 40), min(Swim, 35)}, "2:15", "rest"},
			{"Wed", "11", []Part{min(Run, 120), min(WalkHike, 30)}, "2:30", "rest"},
			{"Thu", "12", nil, "", "rest"},
			{"Fri", "13", []Part{min(Strength, 60), min(Swim, 45)}, "1:45", "rest"},
			{"Sat", "14", []Part{min(Ride, 210), min(Run, 85), min(WalkHike, 40)}, "5:35", "rest"},
			{"Sun", "15", []Part{min(Ride, 150), min(WalkHike, 95), min(Run, 62)}, "5:07", "rest"},
		},
		Legend: []Legend{
			{Ride, "Ride", "7\u00a0h\u00a000"}, {Run, "Run", "6\u00a0h\u00a042"}, {WalkHike, "Walk & hike", "2\u00a0h\u00a045"},
			{Swim, "Swim", "1\u00a0h\u00a020"}, {Strength, "Strength", "1\u00a0h\u00a045"},
		},
	}
}

// drawn has every sample in full size, drawn once for all tests.
var drawn = sync.OnceValues(func() (map[string]Picture, error) {
	out := map[string]Picture{}
	for _, s := range samples() {
		p, err := s.draw(1)
		if err != nil {
			return nil, err
		}
		out[s.name] = p
	}
	return out, nil
})

// eachSample runs a test for every sample in full size.
func eachSample(t *testing.T, test func(t *testing.T, s sample, p Picture)) {
	t.Helper()
	pictures, err := drawn()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) { test(t, s, pictures[s.name]) })
	}
}

// TestGallery writes the samples for people to look at.
func TestGallery(t *testing.T) {
	if *gallery == "" {
		t.Skip("no -gallery folder given")
	}
	eachSample(t, func(t *testing.T, _ sample, p Picture) {
		writePNG(t, filepath.Join(*gallery, filepath.Base(t.Name())+".png"), p.Image)
	})
}
