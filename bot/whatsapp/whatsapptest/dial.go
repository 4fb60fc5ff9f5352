package whatsapptest

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// HTTPClient returns a client that reaches this network by net.Pipe whatever
// the URL says; it is meant for the three setters of a whatsmeow client:
// SetPreLoginHTTPClient, SetWebsocketHTTPClient and SetMediaHTTPClient.
func (n *Network) HTTPClient() *http.Client { return httpClient(n.dial) }

// httpClient dials by one function. net/http takes what DialTLSContext returns
// for a finished TLS connection, so no certificate is needed.
func httpClient(dial func(ctx context.Context, network, address string) (net.Conn, error)) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: dial, DialTLSContext: dial, DisableKeepAlives: true,
	}}
}

func (n *Network) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if n.refusing() {
		return nil, refusedDial()
	}
	return n.pipes.dial(ctx)
}

// Serve answers on a listener with the same handler, without TLS, until the
// listener fails or the network is closed.
func (n *Network) Serve(l net.Listener) error { return n.http.Serve(l) }

// handler serves the websocket and the media host, told apart by path.
func (n *Network) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/ws/chat", n.serveSocket)
	mux.HandleFunc("/mms/", n.serveUpload)
	mux.HandleFunc("/v/", n.serveDownload)
	mux.HandleFunc("/{$}", n.serveVersion)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !n.enter() {
			http.Error(w, "closed", http.StatusServiceUnavailable)
			return
		}
		defer n.owned.Done()
		if n.refusing() {
			http.Error(w, "out of service", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// enter counts a request's goroutine, unless the network is closed.
func (n *Network) enter() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return false
	}
	n.owned.Add(1)
	return true
}

// pipeListener hands one end of each pipe to the HTTP server.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (l *pipeListener) dial(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, refusedDial()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept implements net.Listener.
func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

// Addr implements net.Listener.
func (l *pipeListener) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "whatsapptest" }
