package whatsapptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// The files of the certificate authority in a folder. They have names of their
// own, so that the folder may hold another simulated network's too.
const (
	CAFile  = "whatsapp-ca.pem"
	keyFile = "whatsapp-ca-key.pem"
)

// caYears is how long an authority is good for.
const caYears = 10

// OpenTLS returns the TLS settings of a server that speaks for WhatsApp's hosts
// and for this machine, under the authority of a folder: CAFile is what clients
// are to trust. An authority is made where there is none; nothing is replaced.
func OpenTLS(dir string, now time.Time) (*tls.Config, error) {
	cert, err := os.ReadFile(filepath.Join(dir, CAFile))
	key, keyErr := os.ReadFile(filepath.Join(dir, keyFile))
	if errors.Is(err, fs.ErrNotExist) && errors.Is(keyErr, fs.ErrNotExist) {
		if cert, key, err = makeAuthority(dir, now); err != nil {
			return nil, fmt.Errorf("make a certificate authority: %w", err)
		}
		keyErr = nil
	}
	if err := errors.Join(err, keyErr); err != nil {
		return nil, fmt.Errorf("certificate authority: %w", err)
	}
	leaf, err := issue(cert, key, now)
	if err != nil {
		return nil, fmt.Errorf("certificate authority of %s: %w", dir, err)
	}
	return &tls.Config{Certificates: []tls.Certificate{leaf}, MinVersion: tls.VersionTLS12}, nil
}

func makeAuthority(dir string, now time.Time) (cert, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Clubrun simulated WhatsApp"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(caYears, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, PermittedDNSDomainsCritical: true, PermittedDNSDomains: []string{"whatsapp.net", "whatsapp.com", "localhost"},
	}
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, private.Public(), private)
	if err != nil {
		return nil, nil, err
	}
	secret, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		return nil, nil, err
	}
	cert = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	key = pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret})
	if err = os.MkdirAll(dir, 0o750); err != nil {
		return nil, nil, err
	}
	if err = os.WriteFile(filepath.Join(dir, keyFile), key, 0o600); err != nil {
		return nil, nil, err
	}
	return cert, key, os.WriteFile(filepath.Join(dir, CAFile), cert, 0o644)
}

// issue makes the server's own certificate, which lives in memory.
func issue(cert, key []byte, now time.Time) (tls.Certificate, error) {
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	if now.After(pair.Leaf.NotAfter) || !pair.Leaf.IsCA {
		return tls.Certificate{}, fmt.Errorf("out of date, or no authority: remove %s and %s for a new one", CAFile, keyFile)
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 64))
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "web.whatsapp.com"}, NotBefore: pair.Leaf.NotBefore, NotAfter: pair.Leaf.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{"web.whatsapp.com", mediaHost, "localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, pair.Leaf, private.Public(), pair.PrivateKey)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der, pair.Certificate[0]}, PrivateKey: private}, nil
}
