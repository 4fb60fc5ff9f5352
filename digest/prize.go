package digest

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"clubrun/store"
)

const (
	prizeRest    = store.Day(8 * 7) // before the same prize comes again, where another can
	mentionsBack = store.Day(4 * 7) // mentions that count for fairness
	prizeMention = "prize:"
)

// Mentions returns what a digest that names the prize remembers of it.
func (p Prize) Mentions(week store.Day) []store.Mention {
	found := []store.Mention{{Athlete: p.Athlete, Week: week, Kind: prizeMention + p.Rule}}
	if p.Other != 0 {
		found = append(found, store.Mention{Athlete: p.Other, Week: week, Kind: prizeMention + p.Rule})
	}
	return found
}

// earned is a prize that somebody could be given, with what decides whether
// it is.
type earned struct {
	prize    Prize
	rested   bool      // it did not come of late
	last     store.Day // the week when it came last
	named    bool      // the report names the winner anyway
	mentions int       // of the winner, of late
	lot      uint64    // the week's own order of what is equal otherwise
}

// prize gives the week's prize: of all that somebody earned one that did not
// come in the last eight weeks, to somebody whom the report does not name yet
// and who was named least of late. It is for whole weeks of four active
// members or more; who paused is left alone.
func (b *book) prize(r *Report, season store.Season) *Prize {
	if r.Span.Days() != 7 || r.Active < boardActive {
		return nil
	}
	week := b.contest(r, season)
	var all []earned
	for _, rule := range b.rules.prizes {
		if e, won := week.award(rule); won {
			all = append(all, e)
		}
	}
	if len(all) == 0 {
		return nil
	}
	best := slices.MinFunc(all, func(x, y earned) int {
		if x.rested != y.rested {
			return yes(y.rested) - yes(x.rested)
		}
		if !x.rested {
			if c := cmp.Compare(x.last, y.last); c != 0 {
				return c
			}
		}
		return cmp.Or(yes(x.named)-yes(y.named), cmp.Compare(x.mentions, y.mentions), cmp.Compare(x.lot, y.lot))
	})
	return &best.prize
}

func yes(is bool) int {
	if is {
		return 1
	}
	return 0
}

// contest is a week in which prizes are looked for.
type contest struct {
	group    int64
	span     store.Span
	people   []*person // who may be given one, by id
	named    map[int64]bool
	mentions map[int64]int
	last     map[string]store.Day // the week of a prize's last coming
}

// contest gathers who may be given a prize, and who and what had one of late.
func (b *book) contest(r *Report, season store.Season) *contest {
	c := &contest{
		group: b.group.ID, span: r.Span,
		named: map[int64]bool{}, mentions: map[int64]int{}, last: map[string]store.Day{},
	}
	for _, p := range b.people {
		if !p.pausedIn(r.Span) && !p.silent(r) {
			c.people = append(c.people, p)
		}
	}
	for _, h := range r.Highlights {
		c.named[h.Athlete] = true
		for _, id := range h.Others {
			c.named[id] = true
		}
	}
	for _, m := range season.Mentions {
		if m.Week >= r.Span.Start {
			continue
		}
		key, isPrize := strings.CutPrefix(m.Kind, prizeMention)
		if old, had := c.last[key]; isPrize && (!had || m.Week > old) {
			c.last[key] = m.Week
		}
		if m.Week >= r.Span.Start-mentionsBack {
			c.mentions[m.Athlete]++
		}
		if isPrize && m.Week >= r.Span.Start-prizeRest {
			c.mentions[m.Athlete]++ // prizes go round
		}
	}
	return c
}

// award finds whose prize by a rule it is.
func (c *contest) award(rule PrizeRule) (earned, bool) {
	tied := c.best(rule)
	if len(tied) == 0 {
		return earned{}, false
	}
	lots := c.lots(rule.Key)
	won := slices.MinFunc(tied, func(x, y entrant) int {
		return cmp.Or(
			yes(c.named[x.ID])-yes(c.named[y.ID]), cmp.Compare(c.mentions[x.ID], c.mentions[y.ID]),
			cmp.Compare(lots.of(x.ID), lots.of(y.ID)), cmp.Compare(x.ID, y.ID))
	})
	e := earned{
		prize: Prize{Rule: rule.Key, Athlete: won.ID, Name: won.Name, Value: won.value, Unit: rule.Unit, Icon: rule.Icon, Words: rule.Words},
		named: c.named[won.ID], mentions: c.mentions[won.ID], lot: lots.of(0),
	}
	if won.other != nil {
		e.prize.Other, e.prize.With = won.other.ID, won.other.Name
		e.named = e.named && c.named[won.other.ID]
	}
	last, had := c.last[rule.Key]
	e.last, e.rested = last, !had || last < c.span.Start-prizeRest
	return e, true
}

// lots is the order of a week among what is equal otherwise: the same whenever
// it is asked for, another one in each group, week and rule.
type lots uint64

// lots returns the order that a rule has in the contest's week.
func (c *contest) lots(key string) lots {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %d %s", c.group, c.span.Start, key)
	return lots(h.Sum64())
}

// of is a member's place in the order, by the finalizer of SplitMix64; 0 is
// the rule's own among the rules.
func (l lots) of(athlete int64) uint64 {
	x := uint64(l) + uint64(athlete)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// entrant is a member with what they reached by a rule.
type entrant struct {
	*person
	value float64
	other *person // with whom; only where a rule is about two
}

// best returns who reached the best value of a rule, several where it is the
// same.
func (c *contest) best(rule PrizeRule) []entrant {
	if !rule.inSeason(c.span) {
		return nil
	}
	var in []entrant
	for _, p := range c.people {
		if value, ok := rule.value(p, c.span); ok {
			in = append(in, entrant{person: p, value: value})
		}
	}
	if rule.take.twin {
		in = twins(in)
	}
	in = slices.DeleteFunc(in, func(e entrant) bool { return e.value < rule.floor || e.value > rule.ceiling })
	if len(in) == 0 || len(in) < rule.among {
		return nil
	}
	top := in[0].value
	for _, e := range in[1:] {
		if rule.lowest == (e.value < top) && e.value != top {
			top = e.value
		}
	}
	return slices.DeleteFunc(in, func(e entrant) bool { return math.Abs(e.value-top) > 1e-9 })
}

// twins turns values into how far each is from the nearest other one.
func twins(in []entrant) []entrant {
	var found []entrant
	for i, e := range in {
		near := entrant{person: e.person, value: math.Inf(1)}
		for j, o := range in {
			if d := math.Abs(e.value - o.value); j != i && d < near.value {
				near.value, near.other = d, o.person
			}
		}
		if near.other != nil {
			found = append(found, near)
		}
	}
	return found
}
