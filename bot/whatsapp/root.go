package whatsapp

import (
	"crypto/sha256"
	"encoding/hex"

	"go.mau.fi/whatsmeow"
)

// genuine is the SHA-256 of the public key with which WhatsApp signs the
// certificates of its servers, as whatsmeow ships it.
const genuine = "8f5c9b62980545504f24221417a5ebd80fafd0c4f85f0b33e3aed78445a0cd7d"

// Genuine says whether this process trusts WhatsApp's own key and no other:
// a process that ran a simulated network must never dial the real one.
func Genuine() bool {
	sum := sha256.Sum256(whatsmeow.WACertPubKey[:])
	return hex.EncodeToString(sum[:]) == genuine
}
