package whatsapptest

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waWa6"
)

const (
	maxFrame         = 1 << 24
	handshakeTimeout = 20 * time.Second
	// lastWords is how long the server waits between its last stanza and the
	// close: whatsmeow forgets stanzas that it has not handled when the socket
	// ends.
	lastWords = 300 * time.Millisecond
)

// conn is one connection of a client. One goroutine reads, one writes; sending
// only queues, so that a stanza may be sent while the network is locked.
type conn struct {
	net    *Network
	ws     *websocket.Conn
	ctx    context.Context
	cancel context.CancelFunc

	buffer  []byte // of the reader
	open    cipher.AEAD
	opened  uint32
	seal    cipher.AEAD // of the writer
	sealed  uint32
	key     [32]byte // the client's static Noise key
	payload *waWa6.ClientPayload

	device    *device // guarded by net.mu, nil before login
	offer     *offer  // guarded by net.mu, set while unpaired
	available bool    // guarded by net.mu

	mu    sync.Mutex // guards queue and last
	queue [][]byte
	last  bool // nothing may follow; close after the queue
	wake  chan struct{}
}

// serveSocket is the life of a connection.
func (n *Network) serveSocket(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		return
	}
	ws.SetReadLimit(maxFrame + 3)
	c := &conn{net: n, ws: ws, wake: make(chan struct{}, 1)}
	c.ctx, c.cancel = context.WithCancel(n.ctx)
	defer ws.CloseNow()
	defer c.cancel()
	if err := c.handshake(); err != nil {
		n.opts.Log.Debug().Err(err).Msg("handshake ended")
		return
	}
	var writer sync.WaitGroup
	writer.Go(c.write)
	defer writer.Wait()
	defer c.cancel()
	n.arrive(c)
	defer n.depart(c)
	for {
		in, err := c.readNode()
		if err != nil {
			return
		}
		n.handle(c, in)
	}
}

func (c *conn) handshake() error {
	ctx, cancel := context.WithTimeout(c.ctx, handshakeTimeout)
	defer cancel()
	if err := c.fill(ctx, 4); err != nil {
		return err
	}
	header := c.buffer[:4]
	if header[0] != 'W' || header[1] != 'A' {
		return errors.New("not a whatsapp client")
	}
	state, err := newNoise(header)
	if err != nil {
		return err
	}
	c.buffer = c.buffer[4:]
	first, err := c.readFrame(ctx)
	if err != nil {
		return err
	}
	reply, ephemeral, err := state.hello(c.net.pki, first)
	if err != nil {
		return err
	}
	if err = c.writeFrame(ctx, reply); err != nil {
		return err
	}
	second, err := c.readFrame(ctx)
	if err != nil {
		return err
	}
	if c.key, c.payload, err = state.finish(ephemeral, second); err != nil {
		return err
	}
	c.open, c.seal, err = state.split()
	return err
}

// fill reads until the buffer holds size bytes.
func (c *conn) fill(ctx context.Context, size int) error {
	for len(c.buffer) < size {
		kind, data, err := c.ws.Read(ctx)
		if err != nil {
			return err
		}
		if kind != websocket.MessageBinary {
			return errors.New("message is not binary")
		}
		c.buffer = append(c.buffer, data...)
	}
	return nil
}

// readFrame reads a 3-byte big-endian length and as many bytes.
func (c *conn) readFrame(ctx context.Context) ([]byte, error) {
	if err := c.fill(ctx, 3); err != nil {
		return nil, err
	}
	size := int(c.buffer[0])<<16 | int(c.buffer[1])<<8 | int(c.buffer[2])
	if err := c.fill(ctx, 3+size); err != nil {
		return nil, err
	}
	frame := append([]byte(nil), c.buffer[3:3+size]...)
	c.buffer = append([]byte(nil), c.buffer[3+size:]...)
	return frame, nil
}

// writeFrame writes one frame as one websocket message: whatsmeow cannot put a
// frame together from two.
func (c *conn) writeFrame(ctx context.Context, data []byte) error {
	if len(data) >= maxFrame {
		return fmt.Errorf("frame of %d bytes is too long", len(data))
	}
	out := append([]byte{byte(len(data) >> 16), byte(len(data) >> 8), byte(len(data))}, data...)
	return c.ws.Write(ctx, websocket.MessageBinary, out)
}

func (c *conn) readNode() (*node, error) {
	frame, err := c.readFrame(c.ctx)
	if err != nil {
		return nil, err
	}
	plain, err := c.open.Open(frame[:0], nonce(c.opened), frame, nil)
	if err != nil {
		return nil, fmt.Errorf("frame %d: %w", c.opened, err)
	}
	c.opened++
	if plain, err = waBinary.Unpack(plain); err != nil {
		return nil, err
	}
	return waBinary.Unmarshal(plain)
}

// send queues a stanza; the order of calls is the order on the wire.
func (c *conn) send(out node) { c.enqueue(out, false) }

// sendLast queues a stanza, after which the server closes the connection.
func (c *conn) sendLast(out node) { c.enqueue(out, true) }

func (c *conn) enqueue(out node, last bool) {
	data, err := waBinary.Marshal(out)
	if err != nil {
		c.net.opts.Log.Error().Err(err).Str("tag", out.Tag).Msg("stanza cannot be written")
		return
	}
	c.mu.Lock()
	if !c.last {
		c.queue = append(c.queue, data)
		c.last = last
	}
	c.mu.Unlock()
	c.signal()
}

// bye closes the connection after what is queued.
func (c *conn) bye() {
	c.mu.Lock()
	c.last = true
	c.mu.Unlock()
	c.signal()
}

// drop cuts the connection at once.
func (c *conn) drop() { c.cancel() }

func (c *conn) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *conn) take() (batch [][]byte, last bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	batch, c.queue = c.queue, nil
	return batch, c.last
}

// write is the writer's goroutine.
func (c *conn) write() {
	for {
		batch, last := c.take()
		for _, data := range batch {
			out := c.seal.Seal(nil, nonce(c.sealed), data, nil)
			c.sealed++
			if err := c.writeFrame(c.ctx, out); err != nil {
				c.cancel()
				return
			}
		}
		if last {
			c.end()
			return
		}
		select {
		case <-c.wake:
		case <-c.ctx.Done():
			return
		}
	}
}

func (c *conn) end() {
	pause := time.NewTimer(lastWords)
	defer pause.Stop()
	select {
	case <-pause.C:
		_ = c.ws.Close(websocket.StatusNormalClosure, "")
	case <-c.ctx.Done():
	}
	c.cancel()
}
