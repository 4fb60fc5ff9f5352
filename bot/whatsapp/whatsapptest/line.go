package whatsapptest

import (
	"context"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"syscall"
)

// Line is a way into the network that can be cut, as when the process at its
// end is killed or loses its internet.
type Line struct {
	net *Network

	mu    sync.Mutex // guards cut and conns
	cut   bool
	conns map[*lineConn]bool
}

// Line returns a new line, which works.
func (n *Network) Line() *Line {
	return &Line{net: n, conns: map[*lineConn]bool{}}
}

// HTTPClient returns a client as Network.HTTPClient does, over this line.
func (l *Line) HTTPClient() *http.Client { return httpClient(l.dial) }

// Cut ends the connections of the line and refuses new ones until Mend. A
// client is to be disconnected after it noticed, as synctest.Wait tells: one
// that hangs up while a frame is on its way to it leaves a goroutine behind.
func (l *Line) Cut() {
	l.refuse()
	l.mu.Lock()
	conns := slices.Collect(maps.Keys(l.conns))
	l.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
	}
}

// refuse takes no new connections and leaves those that are.
func (l *Line) refuse() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
}

// Mend makes the line work again.
func (l *Line) Mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = false
}

func (l *Line) broken() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cut
}

func (l *Line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if l.broken() {
		return nil, refusedDial()
	}
	inner, err := l.net.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := &lineConn{Conn: inner, line: l}
	l.mu.Lock()
	cut := l.cut
	l.conns[c] = true
	l.mu.Unlock()
	if cut {
		_ = c.Close()
		return nil, refusedDial()
	}
	return c, nil
}

// lineConn is a connection that its line knows of.
type lineConn struct {
	net.Conn
	line *Line
}

// Close implements net.Conn.
func (c *lineConn) Close() error {
	c.line.mu.Lock()
	delete(c.line.conns, c)
	c.line.mu.Unlock()
	return c.Conn.Close()
}

func refusedDial() error {
	return &net.OpError{Op: "dial", Net: "pipe", Addr: pipeAddr{}, Err: syscall.ECONNREFUSED}
}
