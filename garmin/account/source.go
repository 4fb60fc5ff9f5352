package account

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"clubrun/garmin"
	"clubrun/store"
)

// The pages of a list: rows shift while pages are read, so that each page
// repeats the end of the one before.
const (
	pageRows  = 100
	pageAgain = 5
	pageMost  = 200
)

// List returns the athlete's activities from one local day to another, both
// included, as raw list rows, newest first and each once.
func (k *Keeper) List(ctx context.Context, athlete int64, from, to store.Day) ([]store.Raw, error) {
	for range 3 {
		rows, whole, err := k.pages(ctx, athlete, from, to)
		if err != nil {
			return nil, fmt.Errorf("list: %w", err)
		}
		if whole {
			return rows, nil
		}
	}
	return nil, fmt.Errorf("list: it changes faster than it can be read")
}

// pages reads all pages; whole is false when rows were lost between two of
// them, because others vanished meanwhile.
func (k *Keeper) pages(ctx context.Context, athlete int64, from, to store.Day) (all []store.Raw, whole bool, err error) {
	seen := map[string]bool{}
	for page := range pageMost {
		q := garmin.Query{Start: page * (pageRows - pageAgain), Limit: pageRows, From: from.String(), To: to.String()}
		var rows []json.RawMessage
		err := k.ask(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
			rows, err = k.Garmin.Activities(ctx, t, q)
			return err
		})
		if err != nil {
			return nil, false, err
		}
		fresh := k.fresh(athlete, rows, seen)
		if page > 0 && len(rows) > 0 && len(fresh) == len(rows) {
			return nil, false, nil
		}
		all = append(all, fresh...)
		if len(rows) < pageRows {
			return all, true, nil
		}
	}
	return nil, false, fmt.Errorf("over %d pages", pageMost)
}

// fresh returns the rows that were not seen, and marks them.
func (k *Keeper) fresh(athlete int64, rows []json.RawMessage, seen map[string]bool) (raws []store.Raw) {
	for _, row := range rows {
		id, _ := garmin.ActivityID(row)
		external := strconv.FormatInt(id, 10)
		if seen[external] {
			continue
		}
		seen[external] = true
		raws = append(raws, store.Raw{Athlete: athlete, Source: source, Kind: "list", External: external, Body: row, Fetched: k.Now()})
	}
	return raws
}

// Gone says whether an activity was deleted. Only a plain "not found" is a
// yes.
func (k *Keeper) Gone(ctx context.Context, athlete int64, external string) (bool, error) {
	id, err := activityID(external)
	if err != nil {
		return false, err
	}
	err = k.ask(ctx, athlete, func(ctx context.Context, t garmin.Tokens) error {
		_, err := k.Garmin.Activity(ctx, t, id)
		return err
	})
	switch garmin.KindOf(err) {
	case garmin.NotFound:
		return true, nil
	case garmin.NoData:
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("activity %s: %w", external, err)
	}
	return false, nil
}

// Original returns the file that the device recorded. store.ErrNotFound means
// that there is none, as for typed activities.
func (k *Keeper) Original(ctx context.Context, athlete int64, external string) (name string, data []byte, err error) {
	id, err := activityID(external)
	if err != nil {
		return "", nil, err
	}
	var files []garmin.Entry
	err = k.ask(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
		files, err = k.Garmin.Original(ctx, t, id)
		return err
	})
	if kind := garmin.KindOf(err); kind == garmin.NotFound || kind == garmin.NoData || err == nil && len(files) == 0 {
		return "", nil, fmt.Errorf("original of %s: %w", external, store.ErrNotFound)
	}
	if err != nil {
		return "", nil, fmt.Errorf("original of %s: %w", external, err)
	}
	best := slices.MaxFunc(files, func(a, b garmin.Entry) int { return rank(a.Name) - rank(b.Name) })
	return best.Name, best.Data, nil
}

func rank(name string) int {
	name = strings.ToLower(name)
	if strings.HasSuffix(name, "_activity.fit") {
		return 3
	}
	switch path.Ext(name) {
	case ".fit":
		return 2
	case ".tcx", ".gpx":
		return 1
	}
	return 0
}

func activityID(external string) (int64, error) {
	id, err := strconv.ParseInt(external, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("activity id %q: %w", external, store.ErrNotFound)
	}
	return id, nil
}

// ask makes one request with the athlete's tokens, in the athlete's lane: with
// one request in flight an account, whoever comes first refreshes the tokens
// and all others find them fresh. A token that Garmin calls inactive is
// refreshed once and the request repeated once.
func (k *Keeper) ask(ctx context.Context, athlete int64, request func(context.Context, garmin.Tokens) error) error {
	l, err := k.enter(ctx, athlete)
	if err != nil {
		return err
	}
	defer func() { <-l.turn }()
	acc, tokens, err := k.account(ctx, athlete)
	if err != nil {
		return err
	}
	fresh := tokens.current
	if !fresh.Usable(k.Now(), margin) {
		if fresh, err = k.refresh(ctx, l, acc, tokens); err != nil {
			return k.settle(ctx, acc, err)
		}
	}
	err = k.once(ctx, l, fresh, request)
	if garmin.KindOf(err) == garmin.TokenInactive && fresh == tokens.current {
		if fresh, err = k.refresh(ctx, l, acc, tokens); err == nil {
			err = k.once(ctx, l, fresh, request)
		}
	}
	return k.settle(ctx, acc, err)
}

func (k *Keeper) once(ctx context.Context, l *lane, t garmin.Tokens, request func(context.Context, garmin.Tokens) error) error {
	if err := k.pace(ctx, l); err != nil {
		return err
	}
	defer k.paced(l)
	return request(ctx, t)
}

// account returns an account that may be asked, and its tokens.
func (k *Keeper) account(ctx context.Context, athlete int64) (store.Account, pair, error) {
	acc, err := k.Store.Account(ctx, athlete, source)
	if err != nil {
		return store.Account{}, pair{}, err
	}
	switch {
	case acc.State == store.AccountSignedOut:
		return store.Account{}, pair{}, ErrSignedOut
	case acc.State == store.AccountCooling && k.Now().Before(acc.Until):
		return store.Account{}, pair{}, fmt.Errorf("%w until %s", ErrCooling, acc.Until.UTC().Format(time.RFC3339))
	}
	p, err := openPair(acc.Tokens)
	return acc, p, err
}

// settle draws the account's state from how a request ended.
func (k *Keeper) settle(ctx context.Context, acc store.Account, err error) error {
	whole := context.WithoutCancel(ctx)
	if garmin.KindOf(err) == garmin.RateLimited {
		until, failed := k.chill(whole, dataKey(acc.Athlete), retryAfter(err))
		if failed == nil {
			failed = k.Store.SetAccountState(whole, acc.ID, store.AccountCooling, "garmin limits the requests", until)
		}
		if failed != nil {
			return fmt.Errorf("note the cool-down: %w", failed)
		}
		return fmt.Errorf("%w: %w", ErrCooling, err)
	}
	if err != nil || acc.State == store.AccountHealthy {
		return err
	}
	k.warm(whole, dataKey(acc.Athlete))
	if err := k.Store.SetAccountState(whole, acc.ID, store.AccountHealthy, "", time.Time{}); err != nil {
		return fmt.Errorf("note that the account is well: %w", err)
	}
	return nil
}
