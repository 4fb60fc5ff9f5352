// Package whatsapptest is a WhatsApp network inside this process that the
// unmodified whatsmeow client dials: accounts with phones, groups, an offline
// queue, media, faults, and personas that chat. It is for tests, the demo and
// the simulator. It never opens a socket of its own, never speaks to the real
// service and keeps no message on disk. Where the real service is not known for
// certain it takes a side that can be changed: Assumed lists them. A Server
// answers other programs, over a listener that it is given.
//
// It lives in a testing/synctest bubble: make the network inside, call Trust,
// give a client HTTPClient or the one of a Line by its three setters, and call
// synctest.Wait where a person would wait. whatsmeow asks for three manners:
// one send at a time per client, since a second waits on a mutex, which stops
// the bubble's clock; a Wait after a group changed and before somebody writes
// to it; a Wait before Disconnect, since a frame on its way then leaves a
// goroutine behind. Personas mind the first and the last themselves.
package whatsapptest

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
)

// Options are the settings of a network.
type Options struct {
	Seed int64            // same seed, same ids, keys of the server and order
	Now  func() time.Time // the server's clock; required
	Log  zerolog.Logger   // what the server refuses or does not know

	Rules     *Assumptions // nil for the default ones
	MediaHost string       // host, and port, that clients are told for files; empty is the real one's name
}

// Network is one simulated WhatsApp service.
type Network struct {
	opts   Options
	rules  Assumptions
	pki    pki
	http   *http.Server
	pipes  *pipeListener
	ctx    context.Context
	cancel context.CancelFunc
	owned  sync.WaitGroup // goroutines of this network

	mu       sync.Mutex // guards all below; never held while waiting
	accounts []*Account // in order of creation
	byPhone  map[string]*Account
	byLID    map[string]*Account
	groups   []*Group // in order of creation
	offers   map[string]*offer
	media    map[string][]byte
	seen     map[messageKey]bool
	accepted []Accepted
	repeats  int
	fault    disturbance
	serial   uint64
	closed   bool
}

// New makes a network without accounts.
func New(o Options) (*Network, error) {
	if o.Now == nil {
		return nil, errors.New("whatsapptest: a network needs a clock")
	}
	rules := DefaultAssumptions()
	if o.Rules != nil {
		rules = *o.Rules
	}
	if o.MediaHost == "" {
		o.MediaHost = mediaHost
	}
	keys, err := newPKI(o.Seed)
	if err != nil {
		return nil, err
	}
	n := &Network{
		opts: o, rules: rules, pki: keys, pipes: newPipeListener(),
		byPhone: map[string]*Account{}, byLID: map[string]*Account{},
		offers: map[string]*offer{}, media: map[string][]byte{}, seen: map[messageKey]bool{},
	}
	n.ctx, n.cancel = context.WithCancel(context.Background())
	n.http = &http.Server{Handler: n.handler()}
	n.owned.Go(func() { _ = n.http.Serve(n.pipes) })
	return n, nil
}

// RootKey returns the public key that signs the server's certificates. Another
// process that is to trust this network gives it to TrustRoot.
func (n *Network) RootKey() [32]byte { return n.pki.root }

// The keepalive intervals of whatsmeow that Trust sets: a week of simulated
// time passes with seven pings instead of twenty thousand.
const (
	pingMin = 23 * time.Hour
	pingMax = 25 * time.Hour
)

// Trust makes every whatsmeow client of this process believe this network, and
// no other, and widens whatsmeow's keepalive intervals. For demo and tests
// only: it writes the key that protects real clients from a man in the middle.
// Call it before the first client connects.
func (n *Network) Trust() { TrustRoot(n.pki.root) }

// TrustRoot is Trust for a network of another process, which told its RootKey.
func TrustRoot(root [32]byte) {
	if whatsmeow.WACertPubKey != root {
		whatsmeow.WACertPubKey = root
	}
	if whatsmeow.KeepAliveIntervalMin != pingMin {
		whatsmeow.KeepAliveIntervalMin = pingMin
		whatsmeow.KeepAliveIntervalMax = pingMax
	}
}

// Close ends all connections and goroutines of the network and waits for them.
// Personas and other clients are closed by whoever made them, before.
func (n *Network) Close() {
	n.mu.Lock()
	n.closed = true
	n.mu.Unlock()
	n.cancel()
	_ = n.http.Close()
	_ = n.pipes.Close()
	n.owned.Wait()
}

// serverID returns a fresh id of a stanza that the server makes.
func (n *Network) serverID() string {
	n.serial++
	return "SRV" + decimal(n.serial)
}

// unix returns the server's time as stanzas write it.
func (n *Network) unix() string { return decimal(uint64(n.opts.Now().Unix())) }

// account returns the account behind a phone or LID address, nil for none.
func (n *Network) account(j types.JID) *Account {
	if j.Server == types.HiddenUserServer {
		return n.byLID[j.User]
	}
	return n.byPhone[j.User]
}
