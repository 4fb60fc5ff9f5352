package digest

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// prizesMost is how many prizes a server can have.
const prizesMost = 300

// writtenPrize is a prize as it is written; the head of rules.toml says what
// each line means.
type writtenPrize struct {
	Off     bool                  `toml:"off"`
	Icon    string                `toml:"icon"`
	Sports  []string              `toml:"sports"`
	From    string                `toml:"from"`
	To      string                `toml:"to"`
	Days    []string              `toml:"days"`
	Months  []int                 `toml:"months"`
	Long    float64               `toml:"long"` // minutes
	Far     float64               `toml:"far"`  // kilometres
	Take    string                `toml:"take"`
	Of      string                `toml:"of"`
	Step    float64               `toml:"step"`
	Least   *int                  `toml:"least"`
	Among   *int                  `toml:"among"`
	Floor   *float64              `toml:"floor"`
	Ceiling *float64              `toml:"ceiling"`
	Wins    string                `toml:"wins"`
	Words   map[string]PrizeWords `toml:"words"`
}

// clone copies what a decoder would write into.
func (w writtenPrize) clone() writtenPrize {
	w.Sports, w.Days, w.Months = slices.Clone(w.Sports), slices.Clone(w.Days), slices.Clone(w.Months)
	w.Words = maps.Clone(w.Words)
	w.Least, w.Among = copied(w.Least), copied(w.Among)
	w.Floor, w.Ceiling = copied(w.Floor), copied(w.Ceiling)
	return w
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// setPrize reads one prize over what it is so far.
func (r *Rules) setPrize(meta toml.MetaData, key string, lines toml.Primitive) error {
	if !prizeKey.MatchString(key) {
		return fmt.Errorf("[prize.%s]: name the prize with small letters, digits and -, at most 40 of them", key)
	}
	if err := tables(meta, "prize", key, "words"); err != nil {
		return err
	}
	w := r.written[key].clone()
	if err := meta.PrimitiveDecode(lines, &w); err != nil {
		return fmt.Errorf("[prize.%s]: %w", key, unreadable(err))
	}
	rule, err := w.compile(key)
	if err != nil {
		return fmt.Errorf("[prize.%s]: %w", key, err)
	}
	r.written[key], r.compiled[key] = w, rule
	if len(r.written) > prizesMost {
		return fmt.Errorf("[prize.%s]: there are more than %d prizes: take some out", key, prizesMost)
	}
	return nil
}

var prizeKey = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// compile checks what is written and makes the rule of it.
func (w writtenPrize) compile(key string) (PrizeRule, error) {
	rule := PrizeRule{Key: key, Icon: w.Icon, Words: w.Words, floor: math.Inf(-1), ceiling: math.Inf(1), least: 1, among: 1}
	for _, read := range []func(*PrizeRule) error{w.look, w.filter, w.clock, w.bounds, w.words} {
		if err := read(&rule); err != nil {
			return PrizeRule{}, err
		}
	}
	return rule, nil
}

// look reads what is measured and which end wins.
func (w writtenPrize) look(rule *PrizeRule) error {
	i := slices.IndexFunc(properties[:], func(p property) bool { return p.name == w.Of })
	if i < 0 {
		var names []string
		for _, p := range properties {
			names = append(names, p.name)
		}
		return fmt.Errorf("of is %q: write what is looked at, one of %s", w.Of, strings.Join(names, ", "))
	}
	rule.of = properties[i]
	takes := strings.Fields(rule.of.takes)
	if !slices.Contains(takes, w.Take) {
		return fmt.Errorf("take is %q: of %s you can take %s", w.Take, w.Of, strings.Join(takes, ", "))
	}
	rule.take = measures[slices.IndexFunc(measures[:], func(m measure) bool { return m.name == w.Take })]
	rule.Unit = rule.of.unit
	if other, changed := rule.take.unit[rule.Unit]; changed {
		rule.Unit = other
	}
	if w.Wins != "highest" && w.Wins != "lowest" {
		return fmt.Errorf(`wins is %q: write "highest" or "lowest"`, w.Wins)
	}
	rule.lowest = w.Wins == "lowest"
	if rounds := w.Take == "round"; rounds != (w.Step != 0) || rounds && !between(w.Step, 0.01, 1000) {
		return fmt.Errorf(`step is %v: write it with take = "round" and only there, from 0.01 to 1000`, w.Step)
	}
	rule.step = w.Step * rule.of.scale
	return nil
}

// filter reads which workouts are looked at.
func (w writtenPrize) filter(rule *PrizeRule) error {
	for _, name := range w.Sports {
		sport, err := sportNamed(name)
		if err != nil {
			return fmt.Errorf("sports: %w", err)
		}
		rule.sports = append(rule.sports, sport)
	}
	for _, name := range w.Days {
		day := slices.Index([]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, name)
		if day < 0 {
			return fmt.Errorf("days: %q is no day: write mon, tue, wed, thu, fri, sat or sun", name)
		}
		rule.days = append(rule.days, time.Weekday(day))
	}
	for _, n := range w.Months {
		if n < 1 || n > 12 {
			return fmt.Errorf("months: %d is no month: write 1 for January to 12 for December", n)
		}
		rule.months = append(rule.months, time.Month(n))
	}
	if !between(w.Long, 0, 1440) {
		return fmt.Errorf("long is %v: write minutes, from 0 to 1440", w.Long)
	}
	if !between(w.Far, 0, 1000) {
		return fmt.Errorf("far is %v: write kilometres, from 0 to 1000", w.Far)
	}
	rule.long, rule.far = time.Duration(w.Long*float64(time.Minute)), w.Far*1000
	return nil
}

// clock reads the time of day in which a workout must begin.
func (w writtenPrize) clock(rule *PrizeRule) error {
	if w.From == "" && w.To == "" {
		return nil
	}
	for _, side := range []struct {
		key, written string
		into         *int
	}{{"from", w.From, &rule.from}, {"to", w.To, &rule.to}} {
		t, err := time.Parse("15:04", side.written)
		if err != nil || len(side.written) != len("15:04") {
			return fmt.Errorf(`%s is %q: write both from and to, as "06:30"`, side.key, side.written)
		}
		*side.into = clockOf(t)
	}
	if rule.from == rule.to {
		return fmt.Errorf("from and to are both %q: leave both out for the whole day", w.From)
	}
	return nil
}

// bounds reads who is looked at and which values count.
func (w writtenPrize) bounds(rule *PrizeRule) error {
	for _, n := range []struct {
		key     string
		written *int
		into    *int
	}{{"least", w.Least, &rule.least}, {"among", w.Among, &rule.among}} {
		if n.written == nil {
			continue
		}
		if *n.into = *n.written; *n.into < 1 || *n.into > 100 {
			return fmt.Errorf("%s is %d: write a number from 1 to 100", n.key, *n.into)
		}
	}
	scale := rule.of.scale
	if rule.Unit == UnitShare {
		scale = 0.01
	}
	for _, f := range []struct {
		key     string
		written *float64
		into    *float64
	}{{"floor", w.Floor, &rule.floor}, {"ceiling", w.Ceiling, &rule.ceiling}} {
		switch {
		case f.written == nil:
			continue
		case rule.Unit == UnitClock || rule.Unit == UnitMoment:
			return fmt.Errorf("%s says nothing of a time of day: write from and to instead", f.key)
		case !between(*f.written, 0, 1e6):
			return fmt.Errorf("%s is %v: write a number from 0 to 1000000", f.key, *f.written)
		}
		*f.into = *f.written * scale
	}
	if rule.floor > rule.ceiling {
		return fmt.Errorf("floor is above ceiling: nothing could ever win")
	}
	return nil
}

var (
	placeholder = regexp.MustCompile(`\{[^{}]*\}`)
	language    = regexp.MustCompile(`^[a-z]{2}$`)
)

// words reads the icon and an operator's own words.
func (w writtenPrize) words(*PrizeRule) error {
	if !line(w.Icon, 12) {
		return fmt.Errorf("icon is %q: write one emoji", w.Icon)
	}
	for _, lang := range slices.Sorted(maps.Keys(w.Words)) {
		words := w.Words[lang]
		if !language.MatchString(lang) {
			return fmt.Errorf("words.%s: write the language as its two letters, as words.en", lang)
		}
		if !line(words.Title, 60) || !line(words.Text, 200) {
			return fmt.Errorf("words.%s: write a title of at most 60 letters and a text of at most 200, each in one line", lang)
		}
		if !strings.Contains(words.Text, "{name}") {
			return fmt.Errorf("words.%s.text does not say who won: put {name} where the name shall be", lang)
		}
		rest := placeholder.ReplaceAllStringFunc(words.Text, func(p string) string {
			if p == "{name}" || p == "{value}" || p == "{with}" && w.Take == "twin" {
				return ""
			}
			return p
		})
		if strings.ContainsAny(words.Title+rest, "{}") {
			return fmt.Errorf(`words.%s: of names in braces a text can hold {name} and {value}, and {with} where take is "twin"; a title none`, lang)
		}
	}
	return nil
}

// line says whether a text is one line of at most so many letters.
func line(s string, most int) bool {
	return strings.TrimSpace(s) != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= most &&
		!strings.ContainsFunc(s, unicode.IsControl)
}
