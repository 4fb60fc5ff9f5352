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
	up     chan struct{} // closed when it can be stopped
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
	p := &process{up: make(chan struct{}), ended: make(chan struct{}), passed: map[failpoint.Point]int{}}
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
		case len(words) == 1 && words[0] == "up":
			close(p.up)
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

// stop ends a life cleanly. It returns errDied for one that was killed first.
func (p *process) stop() error {
	select {
	case <-p.up:
	case <-p.ended:
	}
	if err := p.signal(syscall.SIGTERM); err != nil {
		return err
	}
	<-p.ended
	if p.killed() {
		return errDied
	}
	if p.result != nil || p.complained() {
		return fmt.Errorf("life: %v\n%s", p.result, p.errs.String())
	}
	return nil
}

// complained says whether the life logged an error, other than that it was
// told to stop in the middle of something.
func (p *process) complained() bool {
	for line := range strings.Lines(p.errs.String()) {
		if strings.Contains(line, " ERR ") && !strings.Contains(line, "context canceled") && !strings.Contains(line, "signal received") {
			return true
		}
	}
	return false
}

// killed says whether the life ended by SIGKILL.
func (p *process) killed() bool {
	<-p.ended
	var exit *exec.ExitError
	if !errors.As(p.result, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signal() == syscall.SIGKILL
}

// patience is how long a life may take to finish what is to be done.
const patience = time.Minute

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
