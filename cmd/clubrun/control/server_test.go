package control

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// paper keeps what a client is told.
type paper struct {
	bytes.Buffer
	files map[string]string
}

func (p *paper) File(name string, data []byte) error {
	if p.files == nil {
		p.files = map[string]string{}
	}
	p.files[name] = string(data)
	return nil
}

// talk has a handler answer one command over a pipe.
func talk(t *testing.T, ctx context.Context, handle Handler, words ...string) (Outcome, *paper, error) {
	t.Helper()
	near, far := net.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		(&Server{Handle: handle}).Serve(t.Context(), far)
	}()
	p := &paper{}
	o, err := Do(ctx, near, words, p)
	<-done
	return o, p, err
}

func TestWordsArriveAndTextFilesAndOutcomeComeBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got []string
		o, p, err := talk(t, t.Context(), func(_ context.Context, words []string, out Out) Outcome {
			got = words
			_, _ = io.WriteString(out, "one\n")
			_ = out.File("a.jpg", []byte{0, 1, 255})
			_, _ = io.WriteString(out, "two\n")
			return Outcome{3, "no", "do so"}
		}, "groups", "allow", "Läufer \"x\"\n")
		if err != nil || o != (Outcome{3, "no", "do so"}) {
			t.Errorf("%+v %v", o, err)
		}
		if !slices.Equal(got, []string{"groups", "allow", "Läufer \"x\"\n"}) || p.String() != "one\ntwo\n" || p.files["a.jpg"] != "\x00\x01\xff" {
			t.Errorf("%q %q %q", got, p.String(), p.files)
		}
	})
}

func TestACommandMayTakeAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, p, err := talk(t, t.Context(), func(_ context.Context, _ []string, out Out) Outcome {
			time.Sleep(time.Hour)
			_, _ = io.WriteString(out, "done")
			return Outcome{}
		})
		if err != nil || o.Code != 0 || p.String() != "done" {
			t.Errorf("%+v %q %v", o, p, err)
		}
	})
}

func TestWhoHangsUpEndsTheCommand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		ended := false
		_, _, err := talk(t, ctx, func(ctx context.Context, _ []string, _ Out) Outcome {
			<-ctx.Done()
			ended = true
			return Outcome{}
		})
		if !errors.Is(err, context.DeadlineExceeded) || !ended {
			t.Errorf("%v, ended %v", err, ended)
		}
	})
}

func TestAPanicEndsTheCommandOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, _, err := talk(t, t.Context(), func(context.Context, []string, Out) Outcome { panic("oh") })
		if err != nil || o.Code != 1 || !strings.Contains(o.Error, "oh") {
			t.Errorf("%+v %v", o, err)
		}
	})
}

func TestASilentClientIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		defer near.Close()
		start := time.Now()
		(&Server{}).Serve(t.Context(), far)
		if waited := time.Since(start); waited != readLimit {
			t.Errorf("waited %s", waited)
		}
	})
}

func TestASilentServerIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		go func() { _, _ = io.Copy(io.Discard, far) }()
		start := time.Now()
		if _, err := Do(t.Context(), near, nil, &paper{}); !errors.Is(err, ErrSilent) {
			t.Error(err)
		}
		if waited := time.Since(start); waited != readLimit {
			t.Errorf("waited %s", waited)
		}
	})
}

func TestAServerThatDiesIsToldFromAnOutcome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		go func() {
			_, _ = far.Read(make([]byte, 100))
			_, _ = io.WriteString(far, "{}\n{\"text\":\"half\"}\n")
			_ = far.Close()
		}()
		p := &paper{}
		if _, err := Do(t.Context(), near, nil, p); !errors.Is(err, ErrSilent) || p.String() != "half" {
			t.Errorf("%v %q", err, p)
		}
	})
}

func TestTheEndOfTheServerEndsCommandsAndAnswersThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		life, end := context.WithCancel(t.Context())
		near, far := net.Pipe()
		go (&Server{Handle: func(ctx context.Context, _ []string, _ Out) Outcome {
			<-ctx.Done()
			return Outcome{Code: 7}
		}}).Serve(life, far)
		time.AfterFunc(time.Second, end)
		if o, err := Do(t.Context(), near, nil, &paper{}); err != nil || o.Code != 7 {
			t.Errorf("%+v %v", o, err)
		}
	})
}

// Whatever bytes come, the server ends the talk and runs a command only for a
// whole request.
func FuzzServe(f *testing.F) {
	f.Add([]byte("{\"words\":[\"status\"]}\n"))
	f.Add([]byte("{\"words\":3}\n"))
	f.Add([]byte("\n"))
	f.Add([]byte("{\"words\":[\"a\"]}"))
	f.Fuzz(func(t *testing.T, sent []byte) {
		near, far := net.Pipe()
		ran := false
		done := make(chan struct{})
		go func() {
			defer close(done)
			(&Server{Handle: func(context.Context, []string, Out) Outcome {
				ran = true
				return Outcome{}
			}}).Serve(t.Context(), far)
		}()
		go func() { _, _ = io.Copy(io.Discard, near) }()
		_, _ = near.Write(sent)
		_ = near.Close()
		<-done
		if ran && !bytes.Contains(sent, []byte("\n")) {
			t.Error("half a request was run")
		}
	})
}

func TestALineWithoutEndIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		go (&Server{Handle: func(context.Context, []string, Out) Outcome {
			t.Error("it was run")
			return Outcome{}
		}}).Serve(t.Context(), far)
		if _, err := near.Write(bytes.Repeat([]byte("x"), requestLimit+bufferSize)); err == nil {
			t.Error("all of it was read")
		}
		_ = near.Close()
	})
}

// bufferSize is more than a reader takes ahead.
const bufferSize = 64 << 10
