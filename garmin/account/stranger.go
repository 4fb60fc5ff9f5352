package account

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clubrun/garmin"
	"clubrun/store"
)

// maxStrangers is how many sign-ins a day one account at Garmin is tried with
// by people who have never known its password, all of them together: fewer than
// lock it there. Each of them has one try all the same, and who has once known
// the password is bound by their own limits alone, so that nobody keeps anybody
// out by trying their address.
const maxStrangers = 3

// accountKey is the counter of who tries an account, however its address is
// spelt.
func (k *Keeper) accountKey(r garmin.Region, email string) string {
	return "garmin.tried." + k.Store.Pseudonym("account "+string(r)+" "+strings.ToLower(strings.TrimSpace(email)))
}

// person is the name of an athlete in the limits, which outlives an erasure.
func (k *Keeper) person(ctx context.Context, athlete int64) string {
	if name, err := k.Store.Person(ctx, athlete); err == nil {
		return name
	}
	return strconv.FormatInt(athlete, 10)
}

// tried is who has tried an account within a day, and who has known its
// password last.
type tried struct {
	owner string
	by    []try // the others, oldest first
}

type try struct {
	who string
	at  time.Time
}

func (k *Keeper) triedBy(ctx context.Context, key string) (t tried, err error) {
	text, err := k.Store.Counter(ctx, key)
	if err != nil {
		return tried{}, err
	}
	for word := range strings.FieldsSeq(text) {
		who, when, other := strings.Cut(word, "@")
		if !other {
			t.owner = who
			continue
		}
		n, err := strconv.ParseInt(when, 10, 64)
		if err != nil {
			return tried{}, fmt.Errorf("counter %s: %w", key, err)
		}
		if at := time.Unix(n, 0).UTC(); k.Now().Before(at.Add(signInSpan)) {
			t.by = append(t.by, try{who, at})
		}
	}
	return t, nil
}

// text is the counter's value.
func (t tried) text() string {
	words := []string{}
	if t.owner != "" {
		words = append(words, t.owner)
	}
	for _, by := range t.by {
		words = append(words, by.who+"@"+strconv.FormatInt(by.at.Unix(), 10))
	}
	return strings.Join(words, " ")
}

// refuses says until when somebody may not try the account.
func (t tried) refuses(who string) (until time.Time, refused bool) {
	if who == t.owner || len(t.by) < maxStrangers {
		return time.Time{}, false
	}
	for _, by := range t.by {
		if by.who == who {
			return t.by[len(t.by)-maxStrangers].at.Add(signInSpan), true
		}
	}
	return time.Time{}, false
}

// strange counts one more try of an account, or refuses it. Who calls it counts
// sign-ins; keep then writes the count down.
func (k *Keeper) strange(ctx context.Context, key, who string) (keep func() error, err error) {
	t, err := k.triedBy(ctx, key)
	if err != nil {
		return nil, &store.Refusal{Kind: store.RefusedDown, Err: err}
	}
	if until, refused := t.refuses(who); refused {
		return nil, &store.Refusal{Kind: store.RefusedTries, Until: until}
	}
	return func() error {
		if who == t.owner {
			return nil
		}
		t.by = append(t.by, try{who, k.Now()})
		return k.Store.SetCounter(ctx, key, t.text())
	}, nil
}

// proved notes who has known the password of an account. A failure to note it
// only leaves them among the others.
func (k *Keeper) proved(ctx context.Context, key, who string) {
	leave, err := k.enterTurn(ctx, &k.counting)
	if err == nil {
		defer leave()
		var t tried
		if t, err = k.triedBy(ctx, key); err == nil {
			t.owner = who
			t.by = without(t.by, who)
			err = k.Store.SetCounter(context.WithoutCancel(ctx), key, t.text())
		}
	}
	if err != nil {
		k.Log.Warn().Ctx(ctx).Err(err).Msg("an account's owner not noted")
	}
}

func without(all []try, who string) (others []try) {
	for _, t := range all {
		if t.who != who {
			others = append(others, t)
		}
	}
	return others
}
