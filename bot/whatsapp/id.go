package whatsapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// MessageID derives the WhatsApp message id from an outbox key, in the form
// that WhatsApp's own clients use. The same key gives the same id for as long
// as the install key lives, so a repeated send is the same message.
func (c *Client) MessageID(key string) string {
	mac := hmac.New(sha256.New, c.InstallKey)
	mac.Write([]byte(key))
	return "3EB0" + strings.ToUpper(hex.EncodeToString(mac.Sum(nil)[:9]))
}
