package whatsapptest

import (
	"fmt"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow/proto/waCert"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// pki is what the server proves itself with: a root, an intermediate signed by
// it, and a leaf that holds the static Noise key.
type pki struct {
	root   [32]byte
	static *keys.KeyPair
	chain  []byte // waCert.CertChain
}

// certEnd is the end of every certificate's validity: 2100-01-01, Unix seconds.
// They begin in 1970, since a simulated clock may start anywhere.
const certEnd = 4102444800

func newPKI(seed int64) (pki, error) {
	root := deriveKey(seed, "certificate", "root")
	middle := deriveKey(seed, "certificate", "intermediate")
	static := deriveKey(seed, "certificate", "leaf")
	intermediate, err := certificate(1, 0, middle, root)
	if err != nil {
		return pki{}, err
	}
	leaf, err := certificate(2, 1, static, middle)
	if err != nil {
		return pki{}, err
	}
	chain, err := proto.Marshal(&waCert.CertChain{Intermediate: intermediate, Leaf: leaf})
	if err != nil {
		return pki{}, fmt.Errorf("marshal certificates: %w", err)
	}
	return pki{root: *root.Pub, static: static, chain: chain}, nil
}

func certificate(serial, issuer uint32, subject, signer *keys.KeyPair) (*waCert.CertChain_NoiseCertificate, error) {
	details, err := proto.Marshal(&waCert.CertChain_NoiseCertificate_Details{
		Serial: &serial, IssuerSerial: &issuer, Key: subject.Pub[:],
		NotBefore: proto.Uint64(0), NotAfter: proto.Uint64(certEnd),
	})
	if err != nil {
		return nil, fmt.Errorf("marshal certificate %d: %w", serial, err)
	}
	sig := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*signer.Priv), details)
	return &waCert.CertChain_NoiseCertificate{Details: details, Signature: sig[:]}, nil
}
