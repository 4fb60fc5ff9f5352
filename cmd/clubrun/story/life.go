package story

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"testing/synctest"

	"clubrun/store/failpoint"
)

// restart stops the bot cleanly and starts it on the same data.
func (p *Player) restart(ctx context.Context) error {
	if err := p.stop(); err != nil {
		return fmt.Errorf("stop the bot: %w", err)
	}
	return p.start(ctx)
}

// arm makes the next action end in a kill at a point.
func (p *Player) arm(point failpoint.Point) error {
	if !slices.Contains(failpoint.All(), point) {
		return fmt.Errorf("there is no point %q; there are %v", point, failpoint.All())
	}
	p.deadly.Store(&point)
	return nil
}

// hit is called at every point that the bot passes. At the deadly one it stops
// there, until that life of it is over.
func (p *Player) hit(at failpoint.Point) {
	point := p.deadly.Load()
	if point == nil || *point != at || !p.deadly.CompareAndSwap(point, nil) {
		return
	}
	life := p.house
	p.deaths[p.lives] = at
	p.struck <- struct{}{}
	<-life.over
}

// kill takes the data as they lie on disk, cuts the sockets, drops the bot's
// memory and starts it on the copy.
func (p *Player) kill(ctx context.Context) error {
	if p.house == nil {
		return errors.New("the bot does not run")
	}
	synctest.Wait()
	from := p.data()
	p.lives++
	if err := os.CopyFS(p.data(), os.DirFS(from)); err != nil {
		return fmt.Errorf("take the data folder: %w", err)
	}
	p.house.cut.Store(true)
	p.whatsapp.Cut(p.bot)
	synctest.Wait() // a socket that dies while it is closed is a data race in whatsmeow
	close(p.house.over)
	_ = p.stop() // what it still says is said to nobody
	return p.start(ctx)
}

// cable is the way of one life of the bot to a network; a kill cuts it.
type cable struct {
	http.RoundTripper
	cut *atomic.Bool
}

var errCut = errors.New("the cable is cut")

// RoundTrip goes through the cable as long as it is whole.
func (c cable) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.cut.Load() {
		return nil, errCut
	}
	return c.RoundTripper.RoundTrip(r)
}
