package house_test

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/store/failpoint"

	"github.com/google/go-cmp/cmp"
)

// quick is how long a stop may take: container engines kill after ten seconds.
const quick = 8 * time.Second

func TestStopWhileACodeIsShown(t *testing.T) {
	for _, after := range []time.Duration{time.Second, time.Minute, 5 * time.Minute, 17 * time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			w.scan = false
			l := w.start(nil)
			time.Sleep(after)
			if took := l.end(); took > quick {
				t.Errorf("after %s the stop took %s", after, took)
			}
			if w.shown == 0 {
				t.Error("no code was shown")
			}
		})
	}
}

// deaf is a network that takes connections and says nothing.
func deaf(t *testing.T) *http.Client {
	return &http.Client{Transport: &http.Transport{DialTLSContext: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		t.Cleanup(func() { _ = there.Close() })
		go func() {
			for b := make([]byte, 1<<10); ; {
				if _, err := there.Read(b); err != nil {
					return
				}
			}
		}()
		return here, nil
	}}}
}

func TestStopWhileWhatsAppSaysNothing(t *testing.T) {
	for _, paired := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			if paired {
				w.linked()
			}
			w.http = deaf(t)
			l := w.start(nil)
			time.Sleep(10 * time.Second)
			if took := l.end(); took > quick {
				t.Errorf("paired %v: the stop took %s", paired, took)
			}
		})
	}
}

func TestStopWhileASendWaitsForItsAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.linked()
		l := w.start(nil)
		time.Sleep(time.Minute)
		before := len(w.heard())
		if err := w.whatsapp.Disturb(w.bot, whatsapptest.Fault{Kind: whatsapptest.Silent}); err != nil {
			t.Fatal(err)
		}
		w.say(w.bot.PN(), "/help")
		w.ana.Offline() // or her receipt would be an answer
		time.Sleep(15 * time.Second)
		if rows, err := l.DB.InDoubt(t.Context()); err != nil || len(rows) != 1 {
			t.Fatalf("%d messages are being sent, %v", len(rows), err)
		}
		if took := l.end(); took > quick {
			t.Errorf("the stop took %s", took)
		}
		if err := w.whatsapp.Disturb(w.bot, whatsapptest.Fault{Kind: whatsapptest.OK}); err != nil {
			t.Fatal(err)
		}
		if err := w.ana.Online(t.Context()); err != nil {
			t.Fatal(err)
		}
		l = w.start(nil)
		time.Sleep(5 * time.Minute)
		l.end()
		if got := len(w.heard()) - before; got != 1 {
			t.Errorf("Ana sees %d answers, want 1", got)
		}
	})
}

func TestStopWhileGarminIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.linked()
		if err := w.garmin.Disturb("", "slow", "20s"); err != nil {
			t.Fatal(err)
		}
		l := w.start(nil)
		time.Sleep(time.Until(sunday.Add(83*time.Minute + 40*time.Second))) // ten seconds into the hourly sync
		if took := l.end(); took > quick {
			t.Errorf("the stop took %s", took)
		}
	})
}

// evening is a life from 17:00 to 18:20: a question and its answer, a sync, the
// week's digest. With a point it is stopped when it is there for the first time,
// and started again.
func evening(t *testing.T, at failpoint.Point) (heard []string, reached bool) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.linked()
		time.Sleep(time.Until(sunday.Add(3 * time.Hour)))
		there, goOn := make(chan struct{}), make(chan struct{})
		var once sync.Once
		var l *life
		l = w.start(func(p failpoint.Point) {
			if p == at {
				once.Do(func() {
					close(there)
					<-goOn
				})
			}
		})
		time.Sleep(time.Minute)
		w.say(w.bot.PN(), "/week")
		select {
		case <-there:
			reached = true
			l.wire.quiet()
			l.stop()
			close(goOn)
			if took := l.end(); took > quick {
				t.Errorf("%s: the stop took %s", at, took)
			}
			time.Sleep(5 * time.Second)
			l = w.start(nil)
		case <-time.After(time.Until(sunday.Add(260 * time.Minute))):
		}
		time.Sleep(time.Until(sunday.Add(265 * time.Minute)))
		l.end()
		heard = w.heard()
	})
	return heard, reached
}

func TestStopAtAnyPointLosesNothingAndRepeatsNothing(t *testing.T) {
	want, _ := evening(t, "")
	if len(want) < 8 {
		t.Fatalf("an evening without a stop: %q", want)
	}
	for _, p := range failpoint.All() {
		if p == failpoint.LinkVerified || p == failpoint.LinkSaved || p == failpoint.SyncRead || p == failpoint.SyncKept {
			continue // nobody links or works out in the evening
		}
		got, reached := evening(t, p)
		if !reached {
			t.Errorf("the evening does not pass %s", p)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("stopped at %s:\n%s", p, d)
		}
	}
}
