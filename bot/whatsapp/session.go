package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"
	waLog "go.mau.fi/whatsmeow/util/log"
)

// fate says why a session ended and how long to stay away.
type fate struct {
	reason string
	away   time.Duration
}

const loggedOut = "logged out: the phone must link this device again"

// The times to stay away. A replaced session must not fight with its
// successor; an outdated client will not be let in before an update.
const (
	awayAfterError    = time.Minute
	awayAfterReplaced = 15 * time.Minute
	awayAfterOutdated = time.Hour
	offlineSyncLimit  = 2 * time.Minute
	resetDelay        = 5 * time.Second
	closingTime       = 500 * time.Millisecond
)

// A client that has been without a login for longer than patience is replaced
// by a new one: whatsmeow's waits between reconnects grow without bound, and a
// socket that dies in the moment of its handshake ends them altogether.
const (
	patience = 5 * time.Minute
	glance   = time.Minute
)

// Run connects, pairing first where that is needed, and stays connected until
// ctx ends. It returns nil then.
func (c *Client) Run(ctx context.Context) error {
	var wiper sync.WaitGroup
	wiper.Go(func() { c.wipe(ctx) })
	defer wiper.Wait()
	unscanned := 0
	for ctx.Err() == nil {
		end, err := c.session(ctx)
		c.down()
		if errors.Is(err, errNotPaired) {
			unscanned++
			end.away, err = awayUnscanned(unscanned), nil
			c.Log.Info().Ctx(ctx).Stringer("again_in", end.away).Msg("nobody scanned the code")
		}
		if err != nil && ctx.Err() == nil {
			c.Log.Error().Ctx(ctx).Err(err).Msg("whatsapp session failed")
			end.away = max(end.away, awayAfterError)
		}
		if end.reason != "" {
			c.Log.Warn().Ctx(ctx).Str("reason", end.reason).Stringer("away", end.away).Msg("whatsapp session ended")
		}
		c.away.Store(true)
		sleep(ctx, end.away)
		c.away.Store(false)
	}
	return nil
}

// awayUnscanned is the wait before codes are shown again that nobody scanned:
// a minute at first, five when nobody seems to be there.
func awayUnscanned(times int) time.Duration {
	const patient = 5
	if times <= patient {
		return time.Minute
	}
	return 5 * time.Minute
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// session is one life of a whatsmeow client: from its making to a fate after
// which that client does not come back.
func (c *Client) session(ctx context.Context) (fate, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s, err := c.newSession(ctx)
	if err != nil {
		return fate{}, err
	}
	defer s.hangUp(ctx)
	if s.cli.Store.ID == nil {
		if err := s.pair(ctx); err != nil {
			return s.unpaired(err)
		}
	} else if err := s.cli.ConnectContext(ctx); err != nil {
		return fate{}, fmt.Errorf("connect: %w", err)
	}
	return s.attend(ctx), nil
}

// hangUp disconnects. At the end of ctx whatsmeow closes the connection by
// itself: it must not be told to at the same moment, because it would read and
// write the same field unguarded.
func (s *session) hangUp(ctx context.Context) {
	if ctx.Err() != nil {
		t := time.NewTimer(closingTime)
		defer t.Stop()
		select {
		case <-s.gone:
		case <-t.C:
		}
	}
	s.cli.Disconnect()
}

// session is what the handlers of one whatsmeow client share. Handlers run in
// whatsmeow's queue of stanzas and must not wait for WhatsApp: what needs an
// answer is done by attend.
type session struct {
	*Client
	cli    *whatsmeow.Client
	ended  chan fate
	online chan struct{} // a login
	synced chan struct{} // the offline queue has been received
	gone   chan struct{} // the connection is no more
	reset  chan struct{} // a message could not be stored
}

func (c *Client) newSession(ctx context.Context) (*session, error) {
	device, err := c.container.GetFirstDevice(ctx)
	if err != nil {
		return nil, fmt.Errorf("read whatsapp.db: %w", plain(err))
	}
	cli := whatsmeow.NewClient(device, waLog.Zerolog(quiet(c.Log)))
	cli.SynchronousAck = true             // acknowledge after the handler
	cli.EnableDecryptedEventBuffer = true // or a message that comes again cannot be decrypted
	cli.UseRetryMessageStore = true       // answer retry requests after a restart
	cli.InitialAutoReconnect = true
	cli.ManualHistorySyncDownload = true
	cli.BackgroundEventCtx = ctx
	if c.HTTP != nil {
		cli.SetPreLoginHTTPClient(c.HTTP)
		cli.SetWebsocketHTTPClient(c.HTTP)
	}
	cli.SetMediaHTTPClient(bounded(c.HTTP))
	c.linked.Store(device.ID != nil)
	c.noteSelf(cli)
	s := &session{
		Client: c, cli: cli,
		ended: make(chan fate, 1), online: make(chan struct{}, 1),
		synced: make(chan struct{}, 1), gone: make(chan struct{}, 1), reset: make(chan struct{}, 1),
	}
	cli.AddEventHandlerWithSuccessStatus(func(e any) bool { return s.handle(ctx, e) })
	c.current.Store(cli)
	return s, nil
}

var (
	errNotPaired = errors.New("pairing did not finish")
	errNoCode    = errors.New("whatsapp gave no code to scan")
	errPasskey   = errors.New("whatsapp asks for a passkey of this number, which only a browser can give: link a number without one")
)

// unpaired is why nobody was paired: what WhatsApp says goes before what the
// codes tell.
func (s *session) unpaired(err error) (fate, error) {
	select {
	case end := <-s.ended:
		end.away = max(end.away, awayAfterError)
		return end, nil
	default:
		return fate{}, err
	}
}

// broken is what pairing ended with that brought neither a code nor a link.
func broken(item whatsmeow.QRChannelItem, shown bool) error {
	switch {
	case item.Event == whatsmeow.QRChannelEventError:
		return fmt.Errorf("pair: %w", item.Error)
	case item.Event == whatsmeow.QRChannelEventPasskeyRequest, item.Event == whatsmeow.QRChannelEventPasskeyResponse:
		return errPasskey
	case !shown:
		return fmt.Errorf("%w: %s", errNoCode, item.Event)
	}
	return fmt.Errorf("%w: %s", errNotPaired, item.Event)
}

// pair shows codes until one is scanned. whatsmeow logs in by itself then.
func (s *session) pair(ctx context.Context) error {
	codes, err := s.cli.GetQRChannel(context.WithoutCancel(ctx)) // or it hangs up by itself at the end of ctx
	if err != nil {
		return fmt.Errorf("pair: %w", err)
	}
	if err := s.cli.ConnectContext(ctx); err != nil {
		return fmt.Errorf("connect to pair: %w", err)
	}
	for shown := false; ; {
		item, err := next(ctx, codes)
		if err != nil {
			return err
		}
		switch item.Event {
		case whatsmeow.QRChannelEventCode:
			shown = true
			if s.QR != nil {
				s.QR(item.Code)
			}
		case whatsmeow.QRChannelSuccess.Event:
			s.Log.Info().Ctx(ctx).Msg("paired with whatsapp")
			return nil
		default:
			return broken(item, shown)
		}
	}
}

// next waits for what pairing brings.
func next(ctx context.Context, codes <-chan whatsmeow.QRChannelItem) (whatsmeow.QRChannelItem, error) {
	select {
	case item, open := <-codes:
		if !open {
			return item, errNotPaired
		}
		return item, nil
	case <-ctx.Done():
		return whatsmeow.QRChannelItem{}, ctx.Err()
	}
}

// attend does what handlers ask for until the session's fate is known.
func (s *session) attend(ctx context.Context) fate {
	limit := time.NewTimer(offlineSyncLimit)
	defer limit.Stop()
	watch := time.NewTicker(glance)
	defer watch.Stop()
	alive := s.Now()
	var online, synced bool // of the login that is under way
	for {
		if online && synced {
			online, synced = false, false
			s.open()
		}
		select {
		case <-watch.C:
			if s.up.Load() {
				alive = s.Now()
			} else if s.Now().Sub(alive) > patience {
				return fate{reason: "no connection"}
			}
		case end := <-s.ended:
			if end.reason == loggedOut {
				sleep(ctx, resetDelay) // whatsmeow forgets the link meanwhile, and would not when ctx ends
			}
			return end
		case <-s.online:
			limit.Reset(offlineSyncLimit)
			s.meetGroups(ctx)
			online = true
		case <-s.synced:
			synced = true
		case <-limit.C:
			synced = true
		case <-s.reset:
			sleep(ctx, resetDelay)
			s.cli.ResetConnection()
		case <-ctx.Done():
			return fate{}
		}
	}
}

// meetGroups tells the inbox which groups the bot is in.
func (s *session) meetGroups(ctx context.Context) {
	asked := s.rosterAge()
	groups, err := s.cli.GetJoinedGroups(ctx)
	if err != nil {
		s.Log.Warn().Ctx(ctx).Err(err).Msg("groups not listed")
		return
	}
	for _, g := range groups {
		ctx := s.news(ctx, g.JID, s.Now())
		if err := s.Inbox.Joined(ctx, s.remember(ctx, g, asked)); err != nil {
			s.Log.Error().Ctx(ctx).Err(err).Msg("group not noted")
		}
	}
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// end records the first fate; later ones change nothing.
func (s *session) end(f fate) {
	select {
	case s.ended <- f:
	default:
	}
}

// note tells the standing, where somebody keeps it.
func (s *session) note(tell func(Standing) error) {
	if s.Standing == nil {
		return
	}
	if err := tell(s.Standing); err != nil {
		s.Log.Error().Err(err).Msg("standing not kept")
	}
}

// handleFate handles pairing, and the events after which whatsmeow does not
// come back.
func (s *session) handleFate(ctx context.Context, e any) {
	switch e := e.(type) {
	case *events.PairSuccess:
		s.note(func(n Standing) error { return n.Paired(ctx, s.Now()) })
	case *events.LoggedOut:
		s.end(fate{reason: loggedOut})
	case *events.StreamReplaced:
		s.end(fate{"another process uses this device", awayAfterReplaced})
	case *events.TemporaryBan:
		s.note(func(n Standing) error { return n.Banned(ctx, s.Now().Add(e.Expire)) })
		s.end(fate{"temporarily banned: " + e.Code.String(), e.Expire + e.Expire/5})
	case *events.ClientOutdated:
		s.end(fate{"whatsapp wants a newer client: update clubrun", awayAfterOutdated})
	case *events.ConnectFailure:
		s.end(fate{"whatsapp refused: " + e.Reason.String(), awayAfterReplaced})
	}
}
