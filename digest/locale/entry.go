package locale

import (
	"maps"
	"slices"
)

// Entry is one text of a language's file.
type Entry struct{ Key, Text string }

// Entries returns all texts of a language by key, for translators to look at.
func Entries(lang string) []Entry {
	all := catalogue()[lang]
	var entries []Entry
	for _, key := range slices.Sorted(maps.Keys(all)) {
		entries = append(entries, Entry{key, all[key]})
	}
	return entries
}
