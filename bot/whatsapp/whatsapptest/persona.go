package whatsapptest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/appstate"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/keys"
	waLog "go.mau.fi/whatsmeow/util/log"
)

// Persona is a person who chats: a whatsmeow client linked to an account, on a
// store in memory.
type Persona struct {
	net     *Network
	account *Account
	client  *whatsmeow.Client
	label   string        // of its message ids
	gate    chan struct{} // one send at a time
	line    *Line         // refuses while the persona is offline

	mu       sync.Mutex // guards all below
	changed  chan struct{}
	state    personaState
	serial   uint64
	inbox    inbox
	polls    map[string]pollSeen
	receipts []Receipt
	typing   []Typing
}

// personaState is how far a persona is.
type personaState struct {
	connected, named, left bool
	problem                error
}

// Persona links a new client to the account by QR code and logs it in. It is
// online until Close.
func (n *Network) Persona(ctx context.Context, a *Account) (*Persona, error) {
	n.mu.Lock()
	a.personas++
	label := a.born + "/" + decimal(a.personas)
	n.mu.Unlock()
	identity := keys.NewKeyPair()
	p := &Persona{
		net: n, account: a, label: label, gate: make(chan struct{}, 1), line: n.Line(), changed: make(chan struct{}),
		polls:  map[string]pollSeen{},
		client: whatsmeow.NewClient(newStore(identity, identity.CreateSignedPreKey(1)), waLog.Noop),
	}
	p.inbox.init()
	p.client.EnableDecryptedEventBuffer = true
	p.client.ManualHistorySyncDownload = true
	p.client.AutoReconnectHook = func(error) bool { return !p.line.broken() }
	web := p.line.HTTPClient()
	p.client.SetPreLoginHTTPClient(web)
	p.client.SetWebsocketHTTPClient(web)
	p.client.SetMediaHTTPClient(web)
	p.client.AddEventHandler(p.handle)
	if err := p.Online(ctx); err != nil {
		p.Close()
		return nil, fmt.Errorf("persona %s: %w", a.Name(), err)
	}
	return p, nil
}

// Account returns whose client the persona is.
func (p *Persona) Account() *Account { return p.account }

// Client returns the whatsmeow client, for what a persona cannot do itself.
// Two sends of it at once may stop the clock of a synctest bubble: whatsmeow
// waits for the second on a mutex.
func (p *Persona) Client() *whatsmeow.Client { return p.client }

// Online connects the persona and waits until it is logged in and seen to be
// online. A new persona is online.
func (p *Persona) Online(ctx context.Context) error {
	p.line.Mend()
	p.set(func(s *personaState) { s.connected, s.left, s.problem = false, false, nil })
	if err := p.client.Connect(); err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	ready := func(s personaState) bool { return s.problem != nil || s.connected && s.named }
	state, err := p.await(ctx, ready)
	if err != nil {
		return err
	}
	if state.problem != nil {
		return state.problem
	}
	return p.client.SendPresence(ctx, types.PresenceAvailable)
}

// Offline disconnects the persona; what it is sent meanwhile waits at the
// server.
func (p *Persona) Offline() { p.leave() }

// Close disconnects the persona for good and waits until its client is quiet.
// Its account keeps the linked device, as that of somebody whose phone is off.
func (p *Persona) Close() { p.leave() }

// leaveTimeout bounds the wait for the client to notice the end.
const leaveTimeout = 5 * time.Second

// leave makes the server end the connection: a client that ends it itself may
// block forever on a frame that is still on its way.
func (p *Persona) leave() {
	p.line.refuse()
	ctx, cancel := context.WithTimeout(p.net.ctx, leaveTimeout)
	defer cancel()
	if p.net.hangUp(p.account, p.client.Store.GetJID().Device) {
		_, _ = p.await(ctx, func(s personaState) bool { return s.left })
	}
	p.client.Disconnect()
}

// hangUp ends a client's connection after what is queued; false means that it
// has none.
func (n *Network) hangUp(a *Account, id uint16) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	d := a.device(id)
	if d == nil || d.id == 0 || d.conn == nil {
		return false
	}
	d.conn.bye()
	d.conn = nil
	return true
}

// set changes the state and wakes who waits for it.
func (p *Persona) set(change func(*personaState)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.state)
	close(p.changed)
	p.changed = make(chan struct{})
}

// await returns the first state that is as wanted.
func (p *Persona) await(ctx context.Context, wanted func(personaState) bool) (personaState, error) {
	for {
		p.mu.Lock()
		state, changed := p.state, p.changed
		p.mu.Unlock()
		if wanted(state) {
			return state, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return state, ctx.Err()
		}
	}
}

// handle takes the client's events.
func (p *Persona) handle(raw any) {
	switch e := raw.(type) {
	case *events.QR:
		if err := p.account.Scan(e.Codes[0]); err != nil {
			p.fail(err)
		}
	case *events.PairError:
		p.fail(fmt.Errorf("pair: %w", e.Error))
	case *events.Connected:
		p.set(func(s *personaState) { s.connected, s.left = true, false })
	case *events.AppStateSyncComplete:
		if e.Name == appstate.WAPatchCriticalBlock {
			p.set(func(s *personaState) { s.named = true })
		}
	case *events.Disconnected:
		p.set(func(s *personaState) { s.connected, s.left = false, true })
	case *events.Message:
		p.receive(e)
	case *events.Receipt:
		p.noteReceipt(e)
	case *events.ChatPresence:
		p.noteTyping(e)
	case *events.LoggedOut, *events.TemporaryBan, *events.ClientOutdated, *events.StreamReplaced, *events.ConnectFailure:
		p.fail(fmt.Errorf("whatsapptest: connection ended by %T", e))
	}
}

func (p *Persona) fail(problem error) {
	p.set(func(s *personaState) {
		s.connected, s.left = false, true
		s.problem = errors.Join(s.problem, problem)
	})
}

// Connected reports whether the persona is logged in, and why it ended where it
// did for good.
func (p *Persona) Connected() (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state.connected, p.state.problem
}
