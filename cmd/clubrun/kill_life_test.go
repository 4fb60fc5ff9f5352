package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"clubrun/store/failpoint"
)

// process is one life of the bot: the real command in a process of its own.
type process struct {
	cmd    *exec.Cmd
	ended  chan struct{} // closed when it has; then result and passed stand
	result error
	passed map[failpoint.Point]int // told at a clean end only
	errs   bytes.Buffer
}

// start begins a life that kills itself at a point, "" for never.
func (w *world) start(ctx context.Context, kill string, pair func(code string)) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{ended: make(chan struct{}), passed: map[failpoint.Point]int{}}
	p.cmd = exec.CommandContext(ctx, self, lifeCommand, w.dir,
		"--data", w.data(), "--root", w.root(), "--shift", w.shift().String(), "--kill", kill)
	p.cmd.Stderr = &p.errs
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	var reader sync.WaitGroup
	reader.Go(func() { p.listen(out, pair) })
	go func() {
		reader.Wait()
		p.result = p.cmd.Wait()
		close(p.ended)
	}()
	return p, nil
}

func (p *process) listen(out io.Reader, pair func(code string)) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 2 && words[0] == "pair" && pair != nil:
			pair(words[1])
		case len(words) == 3 && words[0] == "passed":
			var n int
			if _, err := fmt.Sscan(words[2], &n); err == nil {
				p.passed[failpoint.Point(words[1])] = n
			}
		}
	}
}

// signal sends a signal; one that comes too late is no error.
func (p *process) signal(s os.Signal) error {
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

// stop ends a life cleanly.
func (p *process) stop() error {
	if err := p.signal(syscall.SIGTERM); err != nil {
		return err
	}
	<-p.ended
	if p.result != nil || p.errs.Len() > 0 {
		return fmt.Errorf("life: %w\n%s", p.result, p.errs.String())
	}
	return nil
}

// killed says whether an ended life was killed; any other end but that is an
// error.
func (p *process) killed() error {
	<-p.ended
	var exit *exec.ExitError
	if errors.As(p.result, &exit) {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signal() == syscall.SIGKILL {
			return nil
		}
	}
	return fmt.Errorf("the life ended by itself: %v\n%s", p.result, p.errs.String())
}

// patience is how long a life may take to finish what is to be done.
const patience = 30 * time.Second

// errDied says that a life ended before the work was done.
var errDied = errors.New("the life ended")

// await waits until the work is done, or the life that does it has ended.
func await(ctx context.Context, p *process, done func() bool) error {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	look := time.NewTicker(4 * time.Millisecond)
	defer look.Stop()
	for !done() {
		select {
		case <-look.C:
		case <-p.ended:
			return errDied
		case <-limit.C:
			return fmt.Errorf("not done after %s", patience)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
