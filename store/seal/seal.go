// Package seal seals one value for one place, so that a stolen database gives
// nothing away and a sealed value that was moved elsewhere is refused. It keeps
// its keys in files outside the database. It never prints a key, and it knows
// nothing of what it seals.
package seal

import (
	"crypto/cipher"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/chacha20poly1305"
)

// The errors that callers tell apart.
var (
	// ErrWrongKey says that the value was sealed under another key.
	ErrWrongKey = errors.New("sealed under another key")
	// ErrBroken says that the value is damaged, or was sealed for another place.
	ErrBroken = errors.New("sealed value is damaged or from another place")
)

// A sealed value is version (1 byte), key id (8 bytes), nonce (24 bytes) and
// ciphertext with its tag (16 bytes longer than the value).
const (
	version   = 1
	idSize    = 8
	nonceSize = chacha20poly1305.NonceSizeX
	headSize  = 1 + idSize + nonceSize
)

// Sealer seals and opens values under one key with XChaCha20-Poly1305. It may
// be used by several goroutines when its source of randomness may.
type Sealer struct {
	aead cipher.AEAD
	id   [idSize]byte
	rand io.Reader
}

// New returns a sealer under the key; nonces are read from rand, which must be
// a cryptographic source.
func New(key Key, rand io.Reader) (*Sealer, error) {
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return nil, fmt.Errorf("sealer: %w", err)
	}
	return &Sealer{aead: aead, id: key.id(), rand: rand}, nil
}

// Seal returns the value sealed for the place, such as
// "accounts/7/garmin/tokens". It opens for the same place only.
func (s *Sealer) Seal(place string, value []byte) ([]byte, error) {
	sealed := make([]byte, headSize, headSize+len(value)+s.aead.Overhead())
	sealed[0] = version
	copy(sealed[1:], s.id[:])
	nonce := sealed[1+idSize : headSize]
	if _, err := io.ReadFull(s.rand, nonce); err != nil {
		return nil, fmt.Errorf("seal %s: %w", place, err)
	}
	return s.aead.Seal(sealed, nonce, value, bind(sealed, place)), nil
}

// Open returns the value that was sealed for the place.
func (s *Sealer) Open(place string, sealed []byte) ([]byte, error) {
	if len(sealed) < headSize+s.aead.Overhead() || sealed[0] != version {
		return nil, fmt.Errorf("open %s: %w", place, ErrBroken)
	}
	if [idSize]byte(sealed[1:1+idSize]) != s.id {
		return nil, fmt.Errorf("open %s: %w", place, ErrWrongKey)
	}
	nonce := sealed[1+idSize : headSize]
	value, err := s.aead.Open(nil, nonce, sealed[headSize:], bind(sealed, place))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", place, ErrBroken)
	}
	return value, nil
}

// The place and the text of a key check. Whoever opens it has the right key.
const (
	checkPlace = "key/check"
	checkValue = "clubrun"
)

// Check returns a value by which a key is recognised later.
func (s *Sealer) Check() ([]byte, error) { return s.Seal(checkPlace, []byte(checkValue)) }

// Verify says whether the check was made under the same key: nil, ErrWrongKey
// or ErrBroken.
func (s *Sealer) Verify(check []byte) error {
	value, err := s.Open(checkPlace, check)
	if err != nil {
		return err
	}
	if string(value) != checkValue {
		return fmt.Errorf("open %s: %w", checkPlace, ErrBroken)
	}
	return nil
}

// bind returns what the ciphertext is tied to besides its nonce: version, key
// id and place.
func bind(sealed []byte, place string) []byte {
	return append(append([]byte(nil), sealed[:1+idSize]...), place...)
}

// id names a key without telling anything of it.
func (k Key) id() [idSize]byte {
	sum := sha256.Sum256(append([]byte("clubrun key id\x00"), k[:]...))
	return [idSize]byte(sum[:idSize])
}
