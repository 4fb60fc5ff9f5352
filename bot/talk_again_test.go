package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"clubrun/bot"
	"clubrun/garmin/account"
	"clubrun/store"
)

var errFull = errors.New("disk full")

// lateAnswers keeps no answer, so many times.
type lateAnswers struct {
	bot.Store
	times *int
}

func (l lateAnswers) Answer(ctx context.Context, r store.Reply) error {
	if *l.times--; *l.times >= 0 {
		return errFull
	}
	return l.Store.Answer(ctx, r)
}

// lateLinks keeps no account, so many times.
type lateLinks struct {
	account.Store
	times *int
}

func (l lateLinks) Link(ctx context.Context, by store.Actor, acc store.Account, r store.Reply) (store.Account, error) {
	if *l.times--; *l.times >= 0 {
		return store.Account{}, errFull
	}
	return l.Store.Link(ctx, by, acc, r)
}

// TestAPasswordIsGivenToGarminOnce: a message whose answer could not be kept is
// handled again, but begins no other sign-in.
func TestAPasswordIsGivenToGarminOnce(t *testing.T) {
	for _, who := range []string{"ana", "ben"} { // with a code, without
		play(t, func(w *world) {
			var answers, links int
			w.stop()
			w.fresh()
			w.bot.Store, w.keeper.Store = lateAnswers{w.db, &answers}, lateLinks{w.db, &links}
			w.run()
			w.say(who, "/link chat")
			w.say(who, who+"@example.org")
			answers, links = 1, 2
			got := w.say(who, who+"-pass-1")
			if who == "ana" {
				if !strings.Contains(got, "code") {
					t.Errorf("no code is asked for: %s", got)
				}
				answers, links = 0, 2
				got = w.say(who, w.code(who))
			}
			if !strings.Contains(got, "Linked") {
				t.Errorf("%s: %s", who, got)
			}
			if n := w.garmin.Logins(who + "@example.org"); n != 1 {
				t.Errorf("%s: the password was given %d times", who, n)
			}
		})
	}
}
