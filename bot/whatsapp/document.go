package whatsapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"time"

	"clubrun/store"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
)

// The limits of fetching a document.
const (
	fetchTime = 2 * time.Minute // the wait for a connection included
	mostMedia = 64 << 20        // bytes of an answer of WhatsApp's media servers
)

// handle is by what a document is fetched: its place at WhatsApp, its key, and
// the checksums of what lies there and of what is in it.
type handle struct {
	Path   string `json:"path"`
	Key    []byte `json:"key"`
	Sealed []byte `json:"sealed"`
	Sum    []byte `json:"sum"`
	Size   uint64 `json:"size"`
}

// documentOf puts a document into the store's words.
func documentOf(d *waE2E.DocumentMessage) *store.Document {
	size := d.GetFileLength()
	h, err := json.Marshal(handle{d.GetDirectPath(), d.GetMediaKey(), d.GetFileEncSHA256(), d.GetFileSHA256(), size})
	if err != nil {
		h = nil // cannot be: a handle is plain
	}
	return &store.Document{Name: d.GetFileName(), Mime: d.GetMimetype(), Size: int64(min(size, math.MaxInt64)), Handle: h}
}

// Fetch returns the bytes of a document, as soon as WhatsApp is connected.
// store.ErrNotFound says that WhatsApp has it no more, or has something else.
func (c *Client) Fetch(ctx context.Context, d store.Document) ([]byte, error) {
	var h handle
	if err := json.Unmarshal(d.Handle, &h); err != nil || h.Path == "" {
		return nil, fmt.Errorf("fetch document: no handle: %w", store.ErrNotFound)
	}
	ctx, stop := context.WithTimeout(ctx, fetchTime)
	defer stop()
	if err := c.Wait(ctx); err != nil {
		return nil, fmt.Errorf("fetch document: %w", err)
	}
	data, err := c.current.Load().Download(ctx, &waE2E.DocumentMessage{
		DirectPath: &h.Path, MediaKey: h.Key, FileEncSHA256: h.Sealed, FileSHA256: h.Sum, FileLength: &h.Size,
	})
	if gone(err) {
		return nil, fmt.Errorf("fetch document: %w: %w", store.ErrNotFound, err)
	}
	if err != nil {
		return nil, fmt.Errorf("fetch document: %w", err)
	}
	return data, nil
}

// gone says whether asking again for a document is of no use.
func gone(err error) bool {
	for _, final := range []error{
		whatsmeow.ErrMediaDownloadFailedWith403, whatsmeow.ErrMediaDownloadFailedWith404, whatsmeow.ErrMediaDownloadFailedWith410,
		whatsmeow.ErrInvalidMediaSHA256, whatsmeow.ErrInvalidUnencryptedMediaSHA256, whatsmeow.ErrInvalidMediaHMAC,
		whatsmeow.ErrInvalidMediaEncSHA256, whatsmeow.ErrTooShortFile, errTooLarge,
	} {
		if errors.Is(err, final) {
			return true
		}
	}
	return false
}

// bounded is a client that reads no answer beyond what a document may have:
// how long a file is, only its sender tells.
func bounded(c *http.Client) *http.Client {
	var b http.Client
	if c != nil {
		b = *c
	}
	if b.Transport == nil {
		b.Transport = http.DefaultTransport
	}
	b.Transport = bound{b.Transport}
	return &b
}

type bound struct{ http.RoundTripper }

// RoundTrip bounds the body of the answer.
func (b bound) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = &boundBody{answer.Body, mostMedia}
	}
	return answer, err
}

var errTooLarge = errors.New("more bytes than a document may have")

// boundBody is a body of which so many bytes may still be read.
type boundBody struct {
	io.ReadCloser
	left int64
}

func (b *boundBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
