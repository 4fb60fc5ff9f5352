// Package failpoint names the points at which a demo or a test stops, delays
// or kills the bot. The points are compiled in and do nothing until a context
// arms them; nothing outside demos and tests ever does. The points of inbox
// and receipts stand in bot/whatsapp, those of a sign-in in bot around
// Link, those of a sync in garmin/ingest, those of a digest in
// digest/publish, those of the outbox in bot/outbox.
package failpoint

import "context"

// Point is a step after which the process may die without harm.
type Point string

// The points, in the order in which a message, a sign-in and a digest pass
// them. Each stands just behind what its name says.
const (
	InboxReceived  Point = "inbox.received"  // decrypted, not stored yet
	InboxStored    Point = "inbox.stored"    // a row, not acknowledged yet
	LinkVerified   Point = "link.verified"   // Garmin let the person in, nothing stored
	LinkSaved      Point = "link.saved"      // account and answer are stored
	SyncListed     Point = "sync.listed"     // Garmin's list was read, nothing of it kept
	SyncRead       Point = "sync.read"       // some records were read, nothing of them is matched or kept
	SyncKept       Point = "sync.kept"       // some records are kept, up to 25 at once
	DigestMade     Point = "digest.made"     // text and picture exist in memory
	DigestSaved    Point = "digest.saved"    // frozen, with what is owed for it
	OutboxClaimed  Point = "outbox.claimed"  // a row is being sent
	OutboxNamed    Point = "outbox.named"    // its message id is stored
	OutboxAcked    Point = "outbox.acked"    // WhatsApp accepted it, the row does not know
	OutboxAccepted Point = "outbox.accepted" // the row knows
	ReceiptStored  Point = "receipt.stored"  // a receipt is stored, not acknowledged yet
)

// All returns every point.
func All() []Point {
	return []Point{
		InboxReceived, InboxStored, LinkVerified, LinkSaved, SyncListed, SyncRead, SyncKept, DigestMade, DigestSaved,
		OutboxClaimed, OutboxNamed, OutboxAcked, OutboxAccepted, ReceiptStored,
	}
}

type key struct{}

// Arm returns a context under which every point calls hit, which may block or
// end the process.
func Arm(ctx context.Context, hit func(Point)) context.Context {
	return context.WithValue(ctx, key{}, hit)
}

// Hit says that a point was reached.
func Hit(ctx context.Context, p Point) {
	if hit, armed := ctx.Value(key{}).(func(Point)); armed {
		hit(p)
	}
}
