package bot_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"clubrun/bot"
	"clubrun/store"
	"clubrun/store/storetest"
)

var addressOfPage = regexp.MustCompile(`https://club\.example\.org/l/(\S+)`)

// page asks for a page and returns the token of its address.
func (w *world) page(who string) string {
	w.t.Helper()
	w.receive(w.message(who, "/link page"))
	for _, o := range w.take() {
		if m := addressOfPage.FindStringSubmatch(o.Text); m != nil {
			return m[1]
		}
	}
	w.t.Fatal("no page is offered")
	return ""
}

// over says whether a token opens nothing and takes nothing.
func (w *world) over(token string) bool {
	_, err := w.bot.Page(w.t.Context(), token)
	taken := w.bot.Submit(w.t.Context(), token, "ben@example.org", "ben-pass-1", "")
	return errors.Is(err, store.ErrNotFound) && errors.Is(taken, store.ErrNotFound)
}

func playPages(t *testing.T, f func(w *world)) {
	t.Helper()
	play(t, func(w *world) {
		w.stop()
		w.set.PublicURL = "https://club.example.org"
		w.start()
		f(w)
	})
}

func TestAPageIsTakenOnce(t *testing.T) {
	playPages(t, func(w *world) {
		token := w.page("ben")
		for range 2 { // whoever looks takes nothing away
			if p, err := w.bot.Page(w.t.Context(), token); err != nil || p.Name != "Ben" {
				t.Errorf("%+v, %v", p, err)
			}
		}
		for what, err := range map[string]error{
			"no address":  w.bot.Submit(w.t.Context(), token, "ben", "ben-pass-1", ""),
			"no password": w.bot.Submit(w.t.Context(), token, "ben@example.org", "", ""),
			"two lines":   w.bot.Submit(w.t.Context(), token, "ben@example.org", "a\nb", ""),
		} {
			if !errors.Is(err, bot.ErrNoEmail) && !errors.Is(err, bot.ErrNoPassword) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := w.bot.Submit(w.t.Context(), token, "ben@example.org", "ben-pass-1", ""); err != nil {
			t.Fatal(err)
		}
		if err := w.bot.Submit(w.t.Context(), token, "ben@example.org", "ben-pass-1", ""); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("twice in one moment: %v", err)
		}
		w.answers()
		if !w.over(token) {
			t.Error("it is open after it was used")
		}
	})
}

func TestAPageIsOverAfterTenMinutesAndAfterANewerOne(t *testing.T) {
	playPages(t, func(w *world) {
		first := w.page("ben")
		time.Sleep(time.Minute)
		second := w.page("ben")
		if !w.over(first) || !w.over("") || !w.over(first+second) {
			t.Error("another token than the newest opens a page")
		}
		time.Sleep(10*time.Minute - time.Second)
		if _, err := w.bot.Page(w.t.Context(), second); err != nil {
			t.Errorf("before its time is up: %v", err)
		}
		time.Sleep(2 * time.Second)
		if !w.over(second) {
			t.Error("it is open after ten minutes")
		}
	})
}

func TestTheDialogueKeepsAHashOfThePagesToken(t *testing.T) {
	playPages(t, func(w *world) {
		token := w.page("ben")
		talk, err := w.db.Talk(w.t.Context(), storetest.User("ben"))
		if err != nil || talk.Data == "" || strings.Contains(talk.Data, token) {
			t.Errorf("%+v, %v", talk, err)
		}
	})
}

// deaf is a WhatsApp that does not answer.
type deaf struct{}

func (deaf) Roster(ctx context.Context, _ store.Chat) (store.Roster, error) {
	<-ctx.Done()
	return store.Roster{}, ctx.Err()
}

func TestAPageOpensWhileWhatsAppIsSilent(t *testing.T) {
	playPages(t, func(w *world) {
		token := w.page("ben")
		w.stop()
		w.fresh()
		w.bot.Rooms = deaf{}
		w.stop = func() {}
		began := time.Now()
		p, err := w.bot.Page(w.t.Context(), token)
		if err != nil || p.Name != "Ben" || p.Locale == nil {
			t.Errorf("%+v, %v", p, err)
		}
		if err := w.bot.Submit(w.t.Context(), token, "ben@example.org", "ben-pass-1", ""); err != nil {
			t.Error(err)
		}
		if waited := time.Since(began); waited > 10*time.Second {
			t.Errorf("it took %s", waited)
		}
	})
}
