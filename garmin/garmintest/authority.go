package garmintest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

// The files of an authority in a folder.
const (
	caFile  = "ca.pem"
	keyFile = "ca-key.pem"
)

// Authority is a certificate authority that can speak for the service's names
// and for this machine, and for nobody else.
type Authority struct {
	root *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
}

// NewAuthority makes an authority that lives in memory.
func NewAuthority() (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("key of the authority: %w", err)
	}
	ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Clubrun simulated Garmin"},
		NotBefore: validFrom, NotAfter: validTo, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: []string{"garmin.com", "garmin.cn", "localhost"}}
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("certificate of the authority: %w", err)
	}
	root, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("certificate of the authority: %w", err)
	}
	return &Authority{root, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}, nil
}

// OpenAuthority reads the authority of a folder, ca.pem and its key, or makes
// both when neither is there. It overwrites nothing: files that do not belong
// together, or that are no authority at this time, are an error.
func OpenAuthority(dir string, now time.Time) (*Authority, error) {
	cert, err := os.ReadFile(filepath.Join(dir, caFile))
	key, keyErr := os.ReadFile(filepath.Join(dir, keyFile))
	switch {
	case errors.Is(err, fs.ErrNotExist) && errors.Is(keyErr, fs.ErrNotExist):
		return makeAuthority(dir)
	case err != nil:
		return nil, fmt.Errorf("authority: %w", err)
	case keyErr != nil:
		return nil, fmt.Errorf("authority: %w", keyErr)
	}
	a, err := readAuthority(cert, key, now)
	if err != nil {
		return nil, fmt.Errorf("authority of %s: %w; remove %s and %s for a new one", dir, err, caFile, keyFile)
	}
	return a, nil
}

func makeAuthority(dir string) (*Authority, error) {
	a, err := NewAuthority()
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalECPrivateKey(a.key)
	if err != nil {
		return nil, fmt.Errorf("key of the authority: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("folder of the authority: %w", err)
	}
	key := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})
	if err := os.WriteFile(filepath.Join(dir, keyFile), key, 0o600); err != nil {
		return nil, fmt.Errorf("keep the authority: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, caFile), a.pem, 0o644); err != nil {
		return nil, fmt.Errorf("keep the authority: %w", err)
	}
	return a, nil
}

// readAuthority checks that the two belong together and can sign now.
func readAuthority(cert, key []byte, now time.Time) (*Authority, error) {
	c, _ := pem.Decode(cert)
	k, _ := pem.Decode(key)
	if c == nil || k == nil {
		return nil, errors.New("not PEM")
	}
	root, err := x509.ParseCertificate(c.Bytes)
	if err != nil {
		return nil, errors.New("not a certificate")
	}
	private, err := x509.ParseECPrivateKey(k.Bytes)
	if err != nil {
		return nil, errors.New("not its key")
	}
	switch {
	case !private.PublicKey.Equal(root.PublicKey):
		return nil, errors.New("certificate and key do not belong together")
	case !root.IsCA || root.KeyUsage&x509.KeyUsageCertSign == 0:
		return nil, errors.New("not an authority")
	case now.Before(root.NotBefore) || now.After(root.NotAfter):
		return nil, errors.New("not valid now")
	}
	return &Authority{root, private, pem.EncodeToMemory(c)}, nil
}
