package garmintest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"strings"
	"time"
)

// pki is an authority and one certificate of it for all names of the service.
type pki struct {
	*Authority
	leaf tls.Certificate
}

// The certificates outlive every clock that a story could have.
var (
	validFrom = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	validTo   = time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC)
)

// newPKI makes the server's certificate; a nil authority means a new one.
func newPKI(a *Authority) (*pki, error) {
	if a == nil {
		var err error
		if a, err = NewAuthority(); err != nil {
			return nil, err
		}
	}
	leaf, err := a.newLeaf()
	if err != nil {
		return nil, fmt.Errorf("certificate of the server: %w", err)
	}
	return &pki{a, leaf}, nil
}

func (a *Authority) newLeaf() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 64))
	if err != nil {
		return tls.Certificate{}, err
	}
	cert := &x509.Certificate{SerialNumber: serial.Add(serial, big.NewInt(2)), Subject: pkix.Name{CommonName: hostConnect},
		NotBefore: validFrom, NotAfter: validTo, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    append(a.hosts(), "localhost"),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}}
	der, err := x509.CreateCertificate(rand.Reader, cert, a.root, key.Public(), a.key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der, a.root.Raw}, PrivateKey: key}, nil
}

// hosts are the names that the authority may speak for: one of an earlier
// version knows only the world's.
func (a *Authority) hosts() (names []string) {
	for _, name := range Hosts() {
		for _, domain := range a.root.PermittedDNSDomains {
			if strings.HasSuffix(name, "."+domain) {
				names = append(names, name)
			}
		}
	}
	return names
}

func (p *pki) server(now func() time.Time) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{p.leaf}, Time: now, MinVersion: tls.VersionTLS12}
}
