package decode

import (
	"path"
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

func TestAlikeIsOneWorkoutTwice(t *testing.T) {
	base := store.Activity{Sport: store.Ride, Start: morning, Elapsed: time.Hour, Distance: 30_000}
	for name, c := range map[string]struct {
		change func(*store.Activity)
		want   bool
	}{
		"the same":                 {func(*store.Activity) {}, true},
		"an export":                {func(a *store.Activity) { a.Distance, a.Elapsed = 29_400, a.Elapsed-time.Second }, true},
		"started late":             {func(a *store.Activity) { a.Start, a.Elapsed = a.Start.Add(5*time.Minute), 55*time.Minute }, true},
		"without a distance":       {func(a *store.Activity) { a.Distance = 0 }, true},
		"as an e-bike's":           {func(a *store.Activity) { a.Sport = store.EBike }, true},
		"of an unknown sport":      {func(a *store.Activity) { a.Sport = store.Other }, true},
		"another sport":            {func(a *store.Activity) { a.Sport = store.Run }, false},
		"another distance":         {func(a *store.Activity) { a.Distance, a.Start = 20_000, a.Start.Add(time.Minute) }, false},
		"a wandering export":       {func(a *store.Activity) { a.Distance = 20_000 }, true},
		"half as long":             {func(a *store.Activity) { a.Elapsed = 30 * time.Minute }, false},
		"the next one":             {func(a *store.Activity) { a.Start = a.Start.Add(time.Hour) }, false},
		"begun too late":           {func(a *store.Activity) { a.Start = a.Start.Add(11 * time.Minute) }, false},
		"of nobody knows when":     {func(a *store.Activity) { a.Start = time.Time{} }, false},
		"of nobody knows how long": {func(a *store.Activity) { a.Elapsed = 0 }, false},
	} {
		other := base
		c.change(&other)
		if got, back := Alike(base, other), Alike(other, base); got != c.want || back != c.want {
			t.Errorf("%s: %v and %v, want %v", name, got, back, c.want)
		}
	}
}

// corpusActivity is a file of the corpus as one activity: its first session,
// with the whole length where there are several.
type corpusActivity struct {
	file, group string
	store.Activity
}

func corpusActivities(tb testing.TB) (all []corpusActivity) {
	tb.Helper()
	for _, row := range corpusTable(tb, "MANIFEST.tsv") {
		rec, _ := File(row["file"], corpusFile(tb, row["file"]))
		for i, s := range rec.Sessions {
			a := corpusActivity{row["file"], row["group"], s.Activity(1, "file", row["file"], nil)}
			if len(rec.Sessions) > 1 {
				a.group = "" // legs are not to be compared
			}
			if i == 0 || a.group != "" {
				all = append(all, a)
			}
		}
	}
	return all
}

// notAlike are groups of the manifest that are not one workout twice, with the
// reason.
var notAlike = map[string]string{
	"gea5379a2": "a walk, and a run after it",
	"gc4012c08": "one file is the other one's beginning",
}

// TestCorpusExportsOfOneActivityAreJoined: files that are one activity are
// alike, and no others.
func TestCorpusExportsOfOneActivityAreJoined(t *testing.T) {
	all := corpusActivities(t)
	joined := map[string]bool{}
	for i, a := range all {
		for _, b := range all[i+1:] {
			same := a.group != "" && a.group == b.group && notAlike[a.group] == ""
			got := Alike(a.Activity, b.Activity)
			switch {
			case got && a.group != b.group && a.group != "" && b.group != "":
				t.Errorf("%s and %s are joined", a.file, b.file)
			case same && !got:
				t.Errorf("%s and %s are not joined: %v %v %.0f m, %v %v %.0f m", a.file, b.file,
					a.Start, a.Elapsed, a.Distance, b.Start, b.Elapsed, b.Distance)
			case same && path.Ext(a.file) != path.Ext(b.file):
				joined[a.group] = true
			case got && a.group == "" && b.group == "" && !strings.Contains(a.file+b.file, "multi"):
				t.Logf("%s and %s are joined, and in no group", a.file, b.file)
			}
		}
	}
	t.Logf("%d groups over several formats joined", len(joined))
}

// BenchmarkB17 compares each file of the corpus with each, or without it two
// activities of our own.
func BenchmarkB17(b *testing.B) {
	all := []corpusActivity{
		{"a", "g", store.Activity{Sport: store.Run, Start: morning, Elapsed: time.Hour, Distance: 10_000}},
		{"b", "g", store.Activity{Sport: store.Run, Start: morning, Elapsed: time.Hour, Distance: 10_100}},
	}
	if hasCorpus() {
		all = corpusActivities(b)
	}
	pairs, found := 0, 0
	for b.Loop() {
		for i := range all {
			for j := range all[:i] {
				if pairs++; Alike(all[i].Activity, all[j].Activity) {
					found++
				}
			}
		}
	}
	if found == 0 {
		b.Fatal("nothing is alike")
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(pairs), "ns/pair")
}
