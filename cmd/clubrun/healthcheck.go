package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"time"

	"clubrun/cmd/clubrun/house"

	"github.com/spf13/cobra"
)

// healthLimit is how long the running bot may take to say that it is well.
const healthLimit = 8 * time.Second

func healthcheckCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask the running bot whether it is well",
		Long: "Ask the running bot whether it is well: exit code 0 when it answers and its database can be read, else 1.\n" +
			"It asks at LISTEN, which it must find where the bot found it: in CLUBRUN_LISTEN or in clubrun.toml.",
		Example: "  clubrun healthcheck",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := configure(cmd)
			if err == nil {
				err = askHealth(cmd.Context(), s, cmd.OutOrStdout())
			}
			if err != nil {
				return &exitError{exitFailure, err}
			}
			return nil
		},
	}
	settingFlags(cmd, "DATA", "LISTEN", "TLS_CERT", "TLS_KEY")
	return cmd
}

func askHealth(ctx context.Context, s house.Settings, out io.Writer) error {
	address, err := nearAddress(s.Listen)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthLimit)
	defer cancel()
	scheme, direct := "http", &http.Transport{DisableKeepAlives: true} // through no proxy
	if s.TLSCert != "" {
		scheme = "https"
		if direct.TLSClientConfig, err = ourselves(s); err != nil {
			return err
		}
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+address+"/healthz", nil)
	if err != nil {
		return err
	}
	a, err := direct.RoundTrip(q)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	defer func() { _ = a.Body.Close() }()
	if a.StatusCode != http.StatusOK {
		return fmt.Errorf("not well: %s", a.Status)
	}
	_, err = fmt.Fprintln(out, "ok")
	return err
}

// ourselves trusts the one certificate that the bot has, under whatever name it
// is asked.
func ourselves(s house.Settings) (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, err
	}
	return &tls.Config{
		InsecureSkipVerify: true, //nolint:gosec // the certificate itself is compared below
		VerifyConnection: func(c tls.ConnectionState) error {
			if !bytes.Equal(c.PeerCertificates[0].Raw, pair.Certificate[0]) {
				return errors.New("something else answers at LISTEN")
			}
			return nil
		},
	}, nil
}

// nearAddress returns where this machine reaches what listens on an address:
// one that listens everywhere is asked at home.
func nearAddress(listen string) (string, error) {
	if listen == "" {
		return "", errors.New("LISTEN is off: there is nobody to ask")
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", fmt.Errorf("LISTEN: %w", err)
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case host == "" || err == nil && ip.Is4() && ip.IsUnspecified():
		host = "127.0.0.1"
	case err == nil && ip.IsUnspecified():
		host = "::1"
	}
	return net.JoinHostPort(host, port), nil
}
