package story

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync/atomic"
	"testing/synctest"

	"clubrun/bot/whatsapp/whatsapptest"
)

// restart stops the bot cleanly and starts it on the same data.
func (p *Player) restart(ctx context.Context) error {
	if err := p.stop(); err != nil {
		return fmt.Errorf("stop the bot: %w", err)
	}
	return p.start(ctx)
}

// kill takes the data as they lie on disk, cuts the sockets, drops the bot's
// memory and starts it on the copy.
func (p *Player) kill(ctx context.Context, point string) error {
	if point != "" {
		return errors.New("kill at a point is not known here")
	}
	synctest.Wait()
	from := p.data()
	p.lives++
	if err := os.CopyFS(p.data(), os.DirFS(from)); err != nil {
		return fmt.Errorf("take the data folder: %w", err)
	}
	p.house.cut.Store(true)
	if err := p.whatsapp.Disturb(p.bot, whatsapptest.Fault{Kind: whatsapptest.Drop}); err != nil {
		return err
	}
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
