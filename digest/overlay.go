package digest

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"clubrun/store"
)

// rulesMost is the largest file of rules that is read, in bytes.
const rulesMost = 256 << 10

// ParseRules reads an operator's file over the built-in rules: what the file
// names replaces what is built in, everything else stays. What it does not
// understand it refuses with a sentence that says where and what to do.
func ParseRules(data []byte) (*Rules, error) { return builtIn().overlay(data) }

// written is a file of rules as it is written.
type written struct {
	DailyCap *float64                  `toml:"daily_cap"`
	Sport    map[string]toml.Primitive `toml:"sport"`
	Prize    map[string]toml.Primitive `toml:"prize"`
}

// writtenSport is a sport as it is written.
type writtenSport struct {
	Effort  float64 `toml:"effort"`
	Still   bool    `toml:"still"`
	Fastest float64 `toml:"fastest"` // km/h
	From    float64 `toml:"from"`    // kilometres
}

// overlay returns the rules with a file's lines in place of their own.
func (r *Rules) overlay(data []byte) (*Rules, error) {
	if len(data) > rulesMost {
		return nil, fmt.Errorf("the file of rules has %d bytes: at most %d are read, so leave out what is as built in", len(data), rulesMost)
	}
	var file written
	meta, err := toml.Decode(string(data), &file)
	if err != nil {
		return nil, unreadable(err)
	}
	if err := errors.Join(tables(meta, "sport"), tables(meta, "prize")); err != nil {
		return nil, err
	}
	next := r.clone()
	if file.DailyCap != nil {
		next.cap = *file.DailyCap
		if !between(next.cap, 1, 1440) {
			return nil, fmt.Errorf("daily_cap is %v: write the effort minutes that one day can bring, from 1 to 1440", next.cap)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(file.Sport)) {
		if err := next.setSport(meta, name, file.Sport[name]); err != nil {
			return nil, err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(file.Prize)) {
		if err := next.setPrize(meta, key, file.Prize[key]); err != nil {
			return nil, err
		}
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("%s is no key of the rules: look for its spelling in the built-in file, or take the line out", unknown[0])
	}
	next.settle()
	return next, nil
}

// clone copies the tables of the rules.
func (r *Rules) clone() *Rules {
	next := &Rules{cap: r.cap, sports: maps.Clone(r.sports), written: maps.Clone(r.written), compiled: maps.Clone(r.compiled)}
	if next.sports == nil {
		next.sports, next.written, next.compiled = map[store.Sport]sportRule{}, map[string]writtenPrize{}, map[string]PrizeRule{}
	}
	return next
}

// settle puts the prizes in order.
func (r *Rules) settle() {
	for _, key := range slices.Sorted(maps.Keys(r.compiled)) {
		if !r.written[key].Off {
			r.prizes = append(r.prizes, r.compiled[key])
		}
	}
}

// mismatch is how the decoder says that a value is of the wrong type.
var mismatch = regexp.MustCompile(`line (\d+) \(last key "([^"]*)"\): (?:incompatible types|type mismatch).*?(destination has type|expected) (\w+)`)

// kinds are the decoder's names of types, as people say them.
var kinds = map[string]string{
	"string": "a text in quotes", "float": "a number", "integer": "a whole number", "boolean": "true or false",
	"slice": "a list in [ ]", "map": "a table of its own", "table": "a table of its own",
}

// unreadable says where a file cannot be read, and what to write there.
func unreadable(err error) error {
	said := strings.TrimPrefix(err.Error(), "toml: ")
	if m := mismatch.FindStringSubmatch(said); m != nil && kinds[m[4]] != "" {
		return fmt.Errorf("line %s: write %s for %s", m[1], kinds[m[4]], m[2])
	}
	return fmt.Errorf("%s: mend it as TOML asks", said)
}

// tables refuses other values where a table must stand, which the decoder
// would pass over.
func tables(meta toml.MetaData, keys ...string) error {
	if kind := meta.Type(keys...); kind != "" && kind != "Hash" {
		return fmt.Errorf("%s is no table: write [%[1]s.its-name] and the lines below it", strings.Join(keys, "."))
	}
	return nil
}

var sportNames = [...]store.Sport{
	store.Run, store.Ride, store.EBike, store.Swim, store.Walk, store.Hike,
	store.Row, store.Ski, store.Strength, store.Yoga, store.Team, store.Other,
}

// sportNamed returns the sport of a name in the file of rules.
func sportNamed(name string) (store.Sport, error) {
	if s := store.Sport(name); slices.Contains(sportNames[:], s) {
		return s, nil
	}
	names := make([]string, len(sportNames))
	for i, s := range sportNames {
		names[i] = string(s)
	}
	return "", fmt.Errorf("%q is no sport: take one of %s", name, strings.Join(names, ", "))
}

// setSport reads one sport over what it is so far.
func (r *Rules) setSport(meta toml.MetaData, name string, lines toml.Primitive) error {
	sport, err := sportNamed(name)
	if err != nil {
		return fmt.Errorf("[sport.%s]: %w", name, err)
	}
	old := r.sports[sport]
	w := writtenSport{old.factor, old.still, old.fastest, old.from / 1000}
	if err := meta.PrimitiveDecode(lines, &w); err != nil {
		return fmt.Errorf("[sport.%s]: %w", name, unreadable(err))
	}
	for _, figure := range []struct {
		key       string
		value     float64
		low, high float64
		is        string
	}{
		{"effort", w.Effort, 0, 5, "effort minutes for each minute"},
		{"fastest", w.Fastest, 0, 300, "kilometres an hour, 0 for no limit"},
		{"from", w.From, 0, 1000, "kilometres"},
	} {
		if !between(figure.value, figure.low, figure.high) {
			return fmt.Errorf("sport.%s.%s is %v: write %s, from %v to %v", name, figure.key, figure.value, figure.is, figure.low, figure.high)
		}
	}
	r.sports[sport] = sportRule{factor: w.Effort, still: w.Still, fastest: w.Fastest, from: w.From * 1000}
	return nil
}

// between says whether a figure is a number within bounds.
func between(x, low, high float64) bool { return !math.IsNaN(x) && x >= low && x <= high }
