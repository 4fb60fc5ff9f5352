package store

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Failures counts accounts, by the class of what went wrong with them. A run
// of a job keeps them as its message.
type Failures map[string]int

// Total returns how many accounts failed.
func (f Failures) Total() (n int) {
	for _, count := range f {
		n += count
	}
	return n
}

// String writes each class with its number, by name: "network 1, service 2".
// Further words may follow behind a semicolon.
func (f Failures) String() string {
	var parts []string
	for _, class := range slices.Sorted(maps.Keys(f)) {
		parts = append(parts, fmt.Sprintf("%s %d", class, f[class]))
	}
	return strings.Join(parts, ", ")
}

// ParseFailures reads the failures of a message, nil where it holds none.
func ParseFailures(message string) Failures {
	text, _, _ := strings.Cut(message, ";")
	f := Failures{}
	for part := range strings.SplitSeq(text, ", ") {
		class, number, ok := strings.Cut(part, " ")
		n, err := strconv.Atoi(number)
		if !ok || class == "" || err != nil || n <= 0 {
			return nil
		}
		f[class] = n
	}
	return f
}
