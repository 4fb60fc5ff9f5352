package digest

import (
	"slices"

	"clubrun/store"
)

// mentions returns whom a digest of the report names, and for what: by its
// highlights and its prize, each once for each kind. A text that had no room
// for all highlights must be told from a report without the others.
func mentions(r Report) []store.Mention {
	var all []store.Mention
	add := func(m store.Mention) {
		if m.Athlete != 0 && !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	for _, h := range r.Highlights {
		add(store.Mention{Athlete: h.Athlete, Week: r.Span.Start, Kind: string(h.Kind)})
		for _, id := range h.Others {
			add(store.Mention{Athlete: id, Week: r.Span.Start, Kind: string(h.Kind)})
		}
	}
	if r.Prize != nil {
		for _, m := range r.Prize.Mentions(r.Span.Start) {
			add(m)
		}
	}
	return all
}
