package ingest

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"clubrun/store"

	"github.com/google/go-cmp/cmp"
)

// TestEveryFieldHasARule: a field that is added needs somebody whose word counts.
func TestEveryFieldHasARule(t *testing.T) {
	var ruled []string
	for _, r := range precedence() {
		ruled = append(ruled, r.fields...)
		for _, from := range []origin{fromList, fromFile, fromExport, fromSent, fromLater, fromTyped} {
			if !slices.Contains(r.order, from) {
				t.Errorf("%v: nobody asks %s", r.fields, from)
			}
		}
	}
	for _, kind := range []struct {
		prefix string
		of     reflect.Type
	}{{"", reflect.TypeFor[store.Activity]()}, {"Metrics.", reflect.TypeFor[store.Metrics]()}} {
		for i := range kind.of.NumField() {
			name := kind.prefix + kind.of.Field(i).Name
			n := 0
			for _, r := range append(slices.Clone(ruled), ofTheLead()...) {
				if r == name {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s has %d rules, want one", name, n)
			}
		}
	}
}

// ofTheLead are the fields that the leading record alone tells, and those that
// no source knows.
func ofTheLead() []string {
	return []string{"ID", "Athlete", "Source", "External", "Parent", "Checksum", "Metrics", "Vouched", "Hidden", "Apart", "Synced", "Known"}
}

// teller is a record of an origin.
func teller(from origin, change func(*store.Activity)) store.Activity {
	a := store.Activity{Source: map[origin]string{fromList: garmin, fromTyped: garmin, fromFile: recorded, fromExport: exported, fromSent: sent, fromLater: "later"}[from], Manual: from == fromTyped, External: string(from)}
	if change != nil {
		change(&a)
	}
	return a
}

func TestWhoseWordCounts(t *testing.T) {
	at := time.Date(2026, 9, 1, 7, 0, 0, 0, time.UTC)
	named := func(name string) func(*store.Activity) { return func(a *store.Activity) { a.Name = name } }
	heart := func(avg, metres float64) func(*store.Activity) {
		return func(a *store.Activity) { a.AvgHR, a.Distance = avg, metres }
	}
	for _, c := range []struct {
		what    string
		members []store.Activity
		want    func(store.Activity) any
		is      any
	}{
		{"the list names", []store.Activity{teller(fromSent, named("sent")), teller(fromList, named("list"))}, func(a store.Activity) any { return a.Name }, "list"},
		{"a typed name before a file's", []store.Activity{teller(fromSent, named("sent")), teller(fromTyped, named("typed"))}, func(a store.Activity) any { return a.Name }, "typed"},
		{"a file's figures before typed ones", []store.Activity{teller(fromTyped, heart(0, 9)), teller(fromSent, heart(0, 8))}, func(a store.Activity) any { return a.Distance }, 8.0},
		{"who knows before who does not", []store.Activity{teller(fromList, nil), teller(fromLater, heart(120, 5))}, func(a store.Activity) any { return a.AvgHR }, 120.0},
		{"the richer of two of one source", []store.Activity{teller(fromList, heart(0, 9)), teller(fromList, heart(150, 8))}, func(a store.Activity) any { return a.Distance }, 8.0},
		{"the export before the original", []store.Activity{teller(fromFile, heart(0, 9)), teller(fromExport, heart(0, 8))}, func(a store.Activity) any { return a.Distance }, 8.0},
		{"a sport before none", []store.Activity{teller(fromList, func(a *store.Activity) { a.Sport, a.Type = store.Other, "other" }), teller(fromSent, func(a *store.Activity) { a.Sport, a.Type = store.Ride, "cycling" })},
			func(a store.Activity) any { return string(a.Sport) + a.Type }, "ridecycling"},
		{"private anywhere is private", []store.Activity{teller(fromList, nil), teller(fromExport, func(a *store.Activity) { a.Private = true })}, func(a store.Activity) any { return a.Private }, true},
		{"a race anywhere is one", []store.Activity{teller(fromSent, nil), teller(fromLater, func(a *store.Activity) { a.Race = true })}, func(a store.Activity) any { return a.Race }, true},
		{"recorded by one is not typed", []store.Activity{teller(fromTyped, nil), teller(fromSent, nil)}, func(a store.Activity) any { return a.Manual }, false},
		{"splits of both", []store.Activity{
			teller(fromFile, func(a *store.Activity) { a.Metrics.Splits = map[string]float64{"400": 80, "1000": 250} }),
			teller(fromList, func(a *store.Activity) { a.Metrics.Splits = map[string]float64{"1000": 240} }),
		}, func(a store.Activity) any { return a.Metrics.Splits }, map[string]float64{"400": 80, "1000": 240}},
		{"known since the first", []store.Activity{teller(fromList, func(a *store.Activity) { a.Known = at.Add(time.Hour) }), teller(fromSent, func(a *store.Activity) { a.Known = at })},
			func(a store.Activity) any { return a.Known }, at},
	} {
		if diff := cmp.Diff(c.is, c.want(as(c.members))); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
		slices.Reverse(c.members)
		if diff := cmp.Diff(c.is, c.want(as(c.members))); diff != "" {
			t.Errorf("%s, the other way round: %s", c.what, diff)
		}
	}
}
