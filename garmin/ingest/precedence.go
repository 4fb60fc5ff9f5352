package ingest

import (
	"cmp"
	"iter"
	"reflect"
	"slices"
	"strings"
	"time"

	"clubrun/store"
)

// Names of sources in store, beside those of further feeds.
const (
	garmin   = "garmin"          // Garmin Connect's list
	recorded = "garmin-file"     // the original file that Garmin Connect keeps
	sent     = store.SourceFile  // a file that was handed in
	typed    = store.SourceTyped // what was typed in the chat
	exported = "export"          // Garmin's export of a whole account
)

// origin is where a figure comes from.
type origin string

// The origins.
const (
	fromList   origin = "list"     // Garmin's list, and its detail, which tells the same: the watch's figures, as the member edits them
	fromFile   origin = "original" // Garmin's original file: as recorded, nobody's edits
	fromExport origin = "export"   // Garmin's account export: the list as it was once
	fromSent   origin = "sent"     // a file that was handed in
	fromLater  origin = "later"    // any other source
	fromTyped  origin = "typed"    // typed, not recorded: a memory
)

// originOf says where a record comes from.
func originOf(a *store.Activity) origin {
	switch {
	case a.Manual:
		return fromTyped
	case a.Source == garmin:
		return fromList
	case a.Source == recorded:
		return fromFile
	case a.Source == exported:
		return fromExport
	case a.Source == sent:
		return fromSent
	case a.Source == typed:
		return fromTyped
	}
	return fromLater
}

// rule says whose word counts for some fields of an activity: that of the first
// origin, among those that know them. Fields of one rule are taken together,
// for they make sense together.
type rule struct {
	fields []string // of store.Activity, or of its Metrics after a dot
	order  []origin // best first; what is not in it is not asked
	weigh  weigh
}

// weigh says how the words of several count.
type weigh int

const (
	best     weigh = iota // the first one's in order
	each                  // of a table of figures, the first one's for each figure
	anyone                // yes as soon as one says so
	everyone              // yes only where all say so
)

// The orders of the table below.
func told() []origin {
	return []origin{fromList, fromTyped, fromExport, fromLater, fromSent, fromFile}
}

func measured() []origin {
	return []origin{fromList, fromExport, fromFile, fromSent, fromLater, fromTyped}
}

// precedence is the table of whose word counts. What a member writes comes
// first from where they write it, and what is measured from the list, which
// Garmin corrects and members edit; what is typed is a memory, and comes last.
// A promise of privacy holds wherever it was made.
func precedence() []rule {
	return []rule{
		{fields: []string{"Name"}, order: told()},
		{fields: []string{"Sport", "Type"}, order: measured()},
		{fields: []string{"Start", "Local"}, order: measured()},
		{fields: []string{"Elapsed", "Timer"}, order: measured()},
		{fields: []string{"Moving"}, order: measured()},
		{fields: []string{"Distance"}, order: measured()},
		{fields: []string{"Climb"}, order: measured()},
		{fields: []string{"Calories"}, order: measured()},
		{fields: []string{"AvgHR", "MaxHR"}, order: measured()},
		{fields: []string{"Moderate", "Vigorous"}, order: measured()},
		{fields: []string{"Metrics.Zones"}, order: measured()},
		{fields: []string{"Metrics.Splits"}, order: measured(), weigh: each},
		{fields: []string{"Metrics.Power"}, order: measured(), weigh: each},
		{fields: []string{"Metrics.Load"}, order: measured()},
		{fields: []string{"Metrics.Device"}, order: measured()},
		{fields: []string{"Private"}, order: measured(), weigh: anyone},
		{fields: []string{"Race"}, order: measured(), weigh: anyone},
		{fields: []string{"Record"}, order: measured(), weigh: anyone},
		{fields: []string{"Manual"}, order: measured(), weigh: everyone},
	}
}

// as returns what several records tell as one: the leading one's, with each
// field by whose word counts.
func as(members []store.Activity) store.Activity {
	row := members[0]
	if len(members) == 1 {
		return row
	}
	rich := slices.Clone(members)
	slices.SortStableFunc(rich, func(a, b store.Activity) int { return richer(&a, &b) })
	for _, r := range precedence() {
		r.apply(&row, rich)
	}
	for _, m := range members {
		row.Known = first(row.Known, m.Known)
		if m.Synced.After(row.Synced) {
			row.Synced = m.Synced
		}
	}
	return row
}

// apply writes the fields of the rule. The members come richest first.
func (r rule) apply(row *store.Activity, members []store.Activity) {
	switch r.weigh {
	case anyone, everyone:
		yes := func(m store.Activity) bool { return field(&m, r.fields[0]).Bool() }
		no := func(m store.Activity) bool { return !yes(m) }
		says := slices.ContainsFunc(members, yes)
		if r.weigh == everyone {
			says = !slices.ContainsFunc(members, no)
		}
		field(row, r.fields[0]).SetBool(says)
	case each:
		field(row, r.fields[0]).Set(r.union(members))
	case best:
		for m := range r.ranked(members) {
			if r.known(m) {
				for _, name := range r.fields {
					field(row, name).Set(field(m, name))
				}
				return
			}
		}
	}
}

// union is a table with each figure by whose word counts; nil where nobody
// knows any.
func (r rule) union(members []store.Activity) reflect.Value {
	var all map[string]float64
	for m := range r.ranked(members) {
		figures, _ := field(m, r.fields[0]).Interface().(map[string]float64)
		for name, value := range figures {
			if _, known := all[name]; known {
				continue
			}
			if all == nil {
				all = map[string]float64{}
			}
			all[name] = value
		}
	}
	return reflect.ValueOf(all)
}

// ranked yields the members by whose word counts first.
func (r rule) ranked(members []store.Activity) iter.Seq[*store.Activity] {
	return func(yield func(*store.Activity) bool) {
		for _, from := range r.order {
			for i := range members {
				if originOf(&members[i]) == from && !yield(&members[i]) {
					return
				}
			}
		}
	}
}

// known says whether a record knows one of the rule's fields. A sport that is
// only other is not known.
func (r rule) known(a *store.Activity) bool {
	if r.fields[0] == "Sport" {
		return a.Sport != "" && a.Sport != store.Other
	}
	return slices.ContainsFunc(r.fields, func(name string) bool { return !field(a, name).IsZero() })
}

// field returns a field of an activity by its name.
func field(a *store.Activity, name string) reflect.Value {
	v := reflect.ValueOf(a).Elem()
	if rest, ok := strings.CutPrefix(name, "Metrics."); ok {
		return v.FieldByName("Metrics").FieldByName(rest)
	}
	return v.FieldByName(name)
}

// richer orders records of one workout: with heart rate first, then with
// distance, then the longer one; then by name, so that the order is total.
func richer(a, b *store.Activity) int {
	return cmp.Or(
		yesFirst(a.AvgHR > 0, b.AvgHR > 0), yesFirst(a.Distance > 0, b.Distance > 0), cmp.Compare(b.Elapsed, a.Elapsed),
		cmp.Compare(b.Distance, a.Distance), cmp.Compare(a.Source, b.Source), cmp.Compare(a.External, b.External))
}

// yesFirst orders what is before what is not.
func yesFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// first returns the earlier time of those that are known.
func first(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
