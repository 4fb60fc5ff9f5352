package dashboard

import (
	"net"
	"sync"
)

// seated is a listener that turns visitors away while all seats are taken.
type seated struct {
	net.Listener
	seats chan struct{}
}

func atMost(n int, l net.Listener) net.Listener { return seated{l, make(chan struct{}, n)} }

// Accept returns the next connection for which there is a seat.
func (l seated) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		select {
		case l.seats <- struct{}{}:
			return &guest{Conn: c, leave: sync.OnceFunc(func() { <-l.seats })}, nil
		default:
			_ = c.Close()
		}
	}
}

// guest is a connection with a seat.
type guest struct {
	net.Conn
	leave func()
}

// Close closes the connection and frees its seat, once.
func (g *guest) Close() error {
	defer g.leave()
	return g.Conn.Close()
}
