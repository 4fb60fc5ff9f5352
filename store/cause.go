package store

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
)

// CauseKind is what a correlation id names.
type CauseKind string

// The kinds, each the first letter of its ids.
const (
	CauseMessage CauseKind = "M" // a received message
	CauseJob     CauseKind = "J" // one run of a job
	CauseDigest  CauseKind = "D" // a group's digest of one week
	CauseNews    CauseKind = "N" // WhatsApp's news of a group: who joined or left
	CauseRequest CauseKind = "W" // a request to the web server
)

// NewCause returns the correlation id of the thing that has this key: its
// kind's letter and six letters and digits. The same key has the same id, also
// after a restart, and the id does not tell the key.
func NewCause(kind CauseKind, key string) string {
	sum := sha256.Sum256([]byte("clubrun cause " + string(kind) + " " + key))
	const plain = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's: nothing that is read as something else
	return string(kind) + base32.NewEncoding(plain).EncodeToString(sum[:5])[:6]
}

type causeKey struct{}

// causes are the innermost cause and the one that it stands in.
type causes struct{ own, outer string }

// WithCause returns a context within which all that happens has this cause. It
// is for what is written down: lines of the log, and rows that name no cause
// themselves. Nothing may be decided by it.
func WithCause(ctx context.Context, cause string) context.Context {
	own := CauseOf(ctx)
	if cause == "" || cause == own {
		return ctx
	}
	return context.WithValue(ctx, causeKey{}, causes{cause, own})
}

// CauseOf returns the cause of what happens within a context, empty where
// there is none.
func CauseOf(ctx context.Context) string {
	c, _ := ctx.Value(causeKey{}).(causes)
	return c.own
}

// OuterCause returns the cause in which that of CauseOf stands, such as the
// run of the job that posts a digest; empty where there is none.
func OuterCause(ctx context.Context) string {
	c, _ := ctx.Value(causeKey{}).(causes)
	return c.outer
}
