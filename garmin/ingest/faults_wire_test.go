package ingest_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"clubrun/garmin/garmintest"
)

// What a request has to keep to, whatever goes wrong.
const (
	faultPace   = 2 * time.Second
	faultSteady = 6 * time.Second
	faultBurst  = 10 // requests that may go out faster than the steady pace
	coolAtLeast = 2 * time.Hour
)

// plain serves a simulated Garmin over pipes without TLS: what is inside TLS is
// the same, and a thousand handshakes are saved.
type plain struct {
	conns   chan net.Conn
	done    chan struct{}
	once    sync.Once
	http    *http.Server
	client  *http.Transport
	serving sync.WaitGroup
}

func servePlain(s *garmintest.Server) *plain {
	p := &plain{conns: make(chan net.Conn), done: make(chan struct{})}
	p.http = &http.Server{Handler: s}
	p.client = &http.Transport{DialTLSContext: p.dial, DialContext: p.dial}
	p.serving.Go(func() { _ = p.http.Serve(p) })
	return p
}

func (p *plain) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *plain) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *plain) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *plain) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

func (p *plain) end() {
	p.client.CloseIdleConnections()
	_ = p.http.Close()
	p.serving.Wait()
}

// wire is the way to Garmin of one bot: it breaks answers as it is told, and
// notes whatever a bot must never do.
type wire struct {
	next http.RoundTripper
	now  func() time.Time

	mu      sync.Mutex
	present bool   // a member is signing in: those requests are theirs
	member  string // whose account it was
	broken  func(n int) breakage
	n       int                // requests of the bot
	ways    map[string]*way    // by Garmin's id of the account
	wrong   []string           // what must not be
	gaps    map[string]float64 // smallest seen, seconds

}

// breakage is what becomes of an answer on its way.
type breakage int

const (
	whole  breakage = iota
	cut             // its end is missing
	lost            // Garmin has done what was asked; the answer never comes
	unsent          // the request never arrives
	killed          // the bot dies before it reads the answer
)

// way is what one account's requests have shown.
type way struct {
	busy bool
	free time.Time // end of the last request
	cool time.Time // no request before
	due  time.Time // of the leaky bucket
	any  bool
}

func newWire(next http.RoundTripper, now func() time.Time) *wire {
	return &wire{next: next, now: now, ways: map[string]*way{}, gaps: map[string]float64{}}
}

// reborn forgets what a bot keeps in memory only: the steady pace.
func (w *wire) reborn() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, one := range w.ways {
		one.due = time.Time{}
	}
}

// signing says that a member is signing in, or has done so; who signed in
// begins anew.
func (w *wire) signing(yes bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.present = yes
}

// warm ends the cool-down of who has just signed in.
func (w *wire) warm() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if one := w.ways[w.member]; one != nil {
		one.cool = time.Time{}
	}
}

func (w *wire) faulty(f func(n int) breakage) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken, w.n = f, 0
}

// mortal is one bot's end of a wire. Nothing of a dead one asks any more,
// whatever else it was about to do.
type mortal struct {
	*wire
	dead atomic.Bool
}

// die ends the bot, beginning with the goroutine that it is called in.
func (m *mortal) die() {
	m.dead.Store(true)
	runtime.Goexit()
}

// RoundTrip makes one request.
func (m *mortal) RoundTrip(q *http.Request) (*http.Response, error) {
	if m.dead.Load() {
		runtime.Goexit()
	}
	w := m.wire
	account, theirs, how := w.begin(q)
	if theirs {
		return w.next.RoundTrip(q)
	}
	if how == unsent {
		w.over(account, nil)
		return nil, errors.New("no route to host")
	}
	res, err := w.next.RoundTrip(q)
	if err != nil {
		w.over(account, nil)
		return nil, err
	}
	limited := res.StatusCode == http.StatusTooManyRequests
	switch {
	case how == killed && !limited: // a limit is met whether or not somebody lives to note it
		_ = res.Body.Close()
		w.over(account, nil)
		m.die()
	case how == lost && !limited:
		_ = res.Body.Close()
		w.over(account, nil)
		return nil, io.ErrUnexpectedEOF
	case how == cut:
		res.Body = &cutBody{res.Body, 40}
	}
	res.Body = &heardBody{ReadCloser: res.Body, heard: sync.OnceFunc(func() { w.over(account, res) })}
	return res, nil
}

func (w *wire) begin(q *http.Request) (account string, theirs bool, how breakage) {
	body := ""
	if q.GetBody != nil {
		if b, err := q.GetBody(); err == nil {
			data, _ := io.ReadAll(b)
			body = string(data)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.present {
		if account := accountOf(q, body); account != "" {
			w.member = account
		}
		return "", true, whole
	}
	now := w.now()
	what := fmt.Sprintf("%s %s%s?%s", now.Format("01-02 15:04:05.000"), q.URL.Host, q.URL.Path, q.URL.RawQuery)
	if strings.HasPrefix(q.URL.Host, "sso.") {
		w.wrong = append(w.wrong, "the bot signs in by itself: "+what)
	}
	account = accountOf(q, body)
	if account == "" {
		w.wrong = append(w.wrong, "nobody's request: "+what)
	}
	one := w.ways[account]
	if one == nil {
		one = &way{}
		w.ways[account] = one
	}
	w.judge(one, account, what, now)
	one.busy = true
	if w.broken != nil {
		how = w.broken(w.n)
	}
	w.n++
	return account, false, how
}

func (w *wire) judge(one *way, account, what string, now time.Time) {
	gap := now.Sub(one.free)
	if one.busy {
		w.wrong = append(w.wrong, "two requests of one account at once: "+what)
	}
	if one.any && gap < faultPace {
		w.wrong = append(w.wrong, fmt.Sprintf("only %s after the last request: %s", gap, what))
	}
	if least, seen := w.gaps[account]; one.any && (!seen || gap.Seconds() < least) {
		w.gaps[account] = gap.Seconds()
	}
	if now.Before(one.cool) {
		w.wrong = append(w.wrong, fmt.Sprintf("asked while it cools down until %s: %s", one.cool.Format(time.TimeOnly), what))
	}
	if one.due.Before(now) {
		one.due = now
	}
	one.due = one.due.Add(faultSteady)
	if over := one.due.Sub(now) - faultBurst*faultSteady; over > time.Second {
		w.wrong = append(w.wrong, fmt.Sprintf("%s faster than the steady pace: %s", over, what))
	}
	one.any = true
}

// over notes that a request has ended.
func (w *wire) over(account string, res *http.Response) {
	w.mu.Lock()
	defer w.mu.Unlock()
	one := w.ways[account]
	one.busy, one.free = false, w.now()
	if res != nil && res.StatusCode == http.StatusTooManyRequests {
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		one.cool = w.now().Add(max(coolAtLeast, time.Duration(seconds)*time.Second))
	}
}

// accountOf reads whose tokens a request carries.
func accountOf(q *http.Request, body string) string {
	var claims struct {
		One   string `json:"garmin_guid"`
		Other string `json:"garminGuid"`
	}
	if token, ok := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer "); ok {
		if parts := strings.Split(token, "."); len(parts) == 3 {
			data, _ := base64.RawURLEncoding.DecodeString(parts[1])
			_ = json.Unmarshal(data, &claims)
		}
		return claims.One
	}
	form, _ := url.ParseQuery(body)
	data, _ := base64.StdEncoding.DecodeString(form.Get("refresh_token"))
	_ = json.Unmarshal(data, &claims)
	return claims.Other
}

// cutBody ends early, as a lost connection does.
type cutBody struct {
	io.ReadCloser
	left int
}

func (c *cutBody) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.ReadCloser.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

// heardBody tells when an answer was read to its end or dropped.
type heardBody struct {
	io.ReadCloser
	heard func()
}

func (h *heardBody) Close() error {
	err := h.ReadCloser.Close()
	h.heard()
	return err
}

// smallest are the smallest gaps of all accounts, in seconds.
func (w *wire) smallest() (all []float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, gap := range w.gaps {
		all = append(all, gap)
	}
	return all
}
