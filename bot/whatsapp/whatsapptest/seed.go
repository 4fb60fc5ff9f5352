package whatsapptest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"go.mau.fi/whatsmeow/util/keys"
)

// derive returns 32 bytes that depend on the seed and the labels alone.
func derive(seed int64, labels ...string) [32]byte {
	var key [8]byte
	binary.BigEndian.PutUint64(key[:], uint64(seed))
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte(strings.Join(labels, "\x00")))
	return [32]byte(mac.Sum(nil))
}

// deriveKey returns a Curve25519 key pair that depends on seed and labels.
func deriveKey(seed int64, labels ...string) *keys.KeyPair {
	priv := derive(seed, labels...)
	priv[0] &= 248
	priv[31] &= 127
	priv[31] |= 64
	return keys.NewKeyPairFromPrivateKey(priv)
}

// deriveDigits returns fourteen decimal digits that depend on seed and labels.
func deriveDigits(seed int64, labels ...string) string {
	sum := derive(seed, labels...)
	return fmt.Sprintf("%014d", binary.BigEndian.Uint64(sum[:8])%100_000_000_000_000)
}

// deriveMessageID returns a message id of the shape that clients make: 3EB0 and
// eighteen upper case hex digits.
func deriveMessageID(seed int64, labels ...string) string {
	sum := derive(seed, labels...)
	return "3EB0" + strings.ToUpper(hex.EncodeToString(sum[:9]))
}

func decimal(v uint64) string { return strconv.FormatUint(v, 10) }
