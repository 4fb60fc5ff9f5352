package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
)

// person is a terminal with somebody who answers, and with files.
type person struct {
	paper
	asked []string
	files []Given
	steps []Step
}

func (p *person) Ask(_ context.Context, question string, hidden bool) (string, error) {
	p.asked = append(p.asked, fmt.Sprint(question, hidden))
	if question == "gone?" {
		return "", errors.New("it broke")
	}
	return "yes to " + question, nil
}

func (p *person) Give(_ context.Context, name string) (Given, error) {
	if len(p.files) == 0 {
		return Given{}, io.EOF
	}
	f := p.files[0]
	f.Name = name + "/" + f.Name
	p.files = p.files[1:]
	return f, nil
}

func (p *person) Step(s Step) error {
	p.steps = append(p.steps, s)
	return nil
}

// converse has a handler speak with an Out over a pipe.
func converse(t *testing.T, out Out, handle Handler) Outcome {
	t.Helper()
	near, far := net.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		(&Server{Handle: handle}).Serve(t.Context(), far)
	}()
	o, err := Do(t.Context(), near, []string{"x"}, out)
	if err != nil {
		t.Fatal(err)
	}
	<-done
	return o
}

func TestACommandAsksAndIsGivenFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		big := strings.Repeat("x", 20<<20)
		p := &person{files: []Given{{Name: "a", Data: []byte(big)}, {Name: "b", Reason: "no right"}}}
		o := converse(t, p, func(ctx context.Context, _ []string, out Out) Outcome {
			one, err := Ask(ctx, out, "name?", true)
			if one != "yes to name?" || err != nil {
				t.Error(one, err)
			}
			if _, err := Ask(ctx, out, "gone?", false); err == nil || err.Error() != "it broke" {
				t.Error(err)
			}
			a, err := Give(ctx, out, "in")
			if a.Name != "in/a" || string(a.Data) != big || err != nil {
				t.Error(a.Name, len(a.Data), err)
			}
			if b, err := Give(ctx, out, "in"); b.Reason != "no right" || err != nil {
				t.Error(b, err)
			}
			if _, err := Give(ctx, out, "in"); !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			if err := Show(out, Step{Done: 1, Total: 2, Line: "half"}); err != nil {
				t.Error(err)
			}
			return Outcome{Code: 7}
		})
		if o.Code != 7 || len(p.steps) != 1 || p.steps[0].Line != "half" || strings.Join(p.asked, " ") != "name?true gone?false" {
			t.Errorf("%+v %+v %q", o, p.steps, p.asked)
		}
	})
}

func TestWhereNobodyIsNobodyIsAskedAndLinesArePrinted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &paper{}
		converse(t, p, func(ctx context.Context, _ []string, out Out) Outcome {
			if _, err := Ask(ctx, out, "name?", true); !errors.Is(err, ErrNobody) {
				t.Error(err)
			}
			if _, err := Give(ctx, out, "in"); !errors.Is(err, ErrNoFiles) {
				t.Error(err)
			}
			for _, s := range []Step{{Line: "bar only"}, {Line: "plain", Plain: true}, {Line: "kept", Keep: true}} {
				if err := Show(out, s); err != nil {
					t.Error(err)
				}
			}
			return Outcome{}
		})
		if p.String() != "plain\nkept\n" {
			t.Errorf("%q", p.String())
		}
	})
}

func TestAQuestionEndsWithItsClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		ctx, hangUp := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go (&Server{Handle: func(ctx context.Context, _ []string, out Out) Outcome {
			_, err := Ask(ctx, out, "name?", false)
			done <- err
			return Outcome{}
		}}).Serve(t.Context(), far)
		_, _ = Do(ctx, near, []string{"x"}, leaving{&paper{}, hangUp})
		if err := <-done; err == nil {
			t.Error("it was answered")
		}
	})
}

// leaving is somebody who interrupts instead of answering.
type leaving struct {
	*paper
	hangUp func()
}

func (l leaving) Ask(ctx context.Context, _ string, _ bool) (string, error) {
	l.hangUp()
	return "", ctx.Err()
}
