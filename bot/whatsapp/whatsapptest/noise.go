package whatsapptest

import (
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/socket"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"go.mau.fi/whatsmeow/util/keys"
	"golang.org/x/crypto/curve25519"
	"golang.org/x/crypto/hkdf"
	"google.golang.org/protobuf/proto"
)

// noise is the state of a Noise_XX_25519_AESGCM_SHA256 responder.
type noise struct {
	hash    []byte
	chain   []byte
	box     cipher.AEAD
	counter uint32
}

func newNoise(header []byte) (*noise, error) {
	start := []byte(socket.NoiseStartPattern)
	box, err := gcmutil.Prepare(start)
	if err != nil {
		return nil, fmt.Errorf("noise start key: %w", err)
	}
	s := &noise{hash: start, chain: start, box: box}
	s.absorb(header)
	return s, nil
}

// absorb binds data into the transcript hash.
func (s *noise) absorb(data []byte) {
	sum := sha256.New()
	sum.Write(s.hash)
	sum.Write(data)
	s.hash = sum.Sum(nil)
}

func (s *noise) seal(plain []byte) []byte {
	out := s.box.Seal(nil, nonce(s.counter), plain, s.hash)
	s.counter++
	s.absorb(out)
	return out
}

func (s *noise) open(sealed []byte) ([]byte, error) {
	plain, err := s.box.Open(nil, nonce(s.counter), sealed, s.hash)
	if err != nil {
		return nil, err
	}
	s.counter++
	s.absorb(sealed)
	return plain, nil
}

// expand is HKDF-SHA256 over the chaining key, cut into two halves.
func (s *noise) expand(secret []byte) (first, second []byte, err error) {
	out := make([]byte, 64)
	if _, err = io.ReadFull(hkdf.New(sha256.New, secret, s.chain, nil), out); err != nil {
		return nil, nil, fmt.Errorf("noise expand: %w", err)
	}
	return out[:32], out[32:], nil
}

// mix moves the chain on by one Diffie-Hellman result.
func (s *noise) mix(priv *[32]byte, pub []byte) error {
	secret, err := curve25519.X25519(priv[:], pub)
	if err != nil {
		return fmt.Errorf("noise exchange: %w", err)
	}
	chain, key, err := s.expand(secret)
	if err != nil {
		return err
	}
	s.chain, s.counter = chain, 0
	s.box, err = gcmutil.Prepare(key)
	return err
}

// hello answers the client's first message.
func (s *noise) hello(p pki, message []byte) (reply []byte, ephemeral *keys.KeyPair, err error) {
	var in waWa6.HandshakeMessage
	if err = proto.Unmarshal(message, &in); err != nil {
		return nil, nil, fmt.Errorf("client hello: %w", err)
	}
	client := in.GetClientHello().GetEphemeral()
	if len(client) != 32 {
		return nil, nil, errors.New("client hello: no ephemeral key")
	}
	ephemeral = keys.NewKeyPair()
	s.absorb(client)
	s.absorb(ephemeral.Pub[:])
	if err = s.mix(ephemeral.Priv, client); err != nil {
		return nil, nil, err
	}
	static := s.seal(p.static.Pub[:])
	if err = s.mix(p.static.Priv, client); err != nil {
		return nil, nil, err
	}
	reply, err = proto.Marshal(&waWa6.HandshakeMessage{ServerHello: &waWa6.HandshakeMessage_ServerHello{
		Ephemeral: ephemeral.Pub[:], Static: static, Payload: s.seal(p.chain),
	}})
	return reply, ephemeral, err
}

// finish reads the client's second message: its static key and its payload.
func (s *noise) finish(ephemeral *keys.KeyPair, message []byte) (client [32]byte, payload *waWa6.ClientPayload, err error) {
	var in waWa6.HandshakeMessage
	if err = proto.Unmarshal(message, &in); err != nil {
		return client, nil, fmt.Errorf("client finish: %w", err)
	}
	static, err := s.open(in.GetClientFinish().GetStatic())
	if err != nil || len(static) != 32 {
		return client, nil, fmt.Errorf("client static key: %w", err)
	}
	if err = s.mix(ephemeral.Priv, static); err != nil {
		return client, nil, err
	}
	plain, err := s.open(in.GetClientFinish().GetPayload())
	if err != nil {
		return client, nil, fmt.Errorf("client payload: %w", err)
	}
	payload = &waWa6.ClientPayload{}
	if err = proto.Unmarshal(plain, payload); err != nil {
		return client, nil, fmt.Errorf("client payload: %w", err)
	}
	return [32]byte(static), payload, nil
}

// split returns the two boxes of the transport: what the server reads with and
// what it writes with.
func (s *noise) split() (read, write cipher.AEAD, err error) {
	r, w, err := s.expand(nil)
	if err != nil {
		return nil, nil, err
	}
	if read, err = gcmutil.Prepare(r); err != nil {
		return nil, nil, err
	}
	write, err = gcmutil.Prepare(w)
	return read, write, err
}

// nonce is eight zero bytes and the counter, big endian.
func nonce(counter uint32) []byte {
	iv := make([]byte, 12)
	binary.BigEndian.PutUint32(iv[8:], counter)
	return iv
}
