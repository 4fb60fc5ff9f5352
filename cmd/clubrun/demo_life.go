package main

import (
	"context"
	cryptorand "crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"clubrun/bot/whatsapp"
	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/cmd/clubrun/house"
	"clubrun/cmd/clubrun/story"
	"clubrun/store/failpoint"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

// lifeCommand is the name of the hidden command.
const lifeCommand = "demo-life"

// life is one life of the bot in the simulated world of another process, which
// ends it at a point of its choice and starts the next one on the same data.
type life struct {
	data, root, kill string
	shift            time.Duration // of the world's clock from this machine's
	seed             uint64
	hurry            int
}

// The files of a world's folder that a life needs: two sockets, each dial of
// which is one connection to a network, and the certificate that the simulated
// Garmin is trusted by.
const (
	whatsappSocket = "whatsapp.sock"
	garminSocket   = "garmin.sock"
	garminCA       = "garmin.pem"
)

func demoLifeCommand() *cobra.Command {
	var l life
	cmd := &cobra.Command{
		Use:    lifeCommand + " WORLD",
		Short:  "One life of the bot in the simulated world of another process",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE:   func(cmd *cobra.Command, args []string) error { return l.live(cmd, args[0]) },
	}
	cmd.Flags().StringVar(&l.data, "data", "", "data folder, made by an earlier life or new")
	cmd.Flags().StringVar(&l.root, "root", "", "public key that the simulated WhatsApp is trusted by, hex")
	cmd.Flags().StringVar(&l.kill, "kill", "", "POINT:N, where the process kills itself")
	cmd.Flags().DurationVar(&l.shift, "shift", 0, "how far the world's clock is ahead")
	cmd.Flags().Uint64Var(&l.seed, "seed", 1, "of pauses")
	cmd.Flags().IntVar(&l.hurry, "hurry", 1000, "by how much pauses are shorter")
	return cmd
}

// live runs until it is interrupted or killed. On standard output it tells that
// it is up, shows codes to pair with and, at a clean end, tells how often it
// passed each point.
func (l life) live(cmd *cobra.Command, world string) error {
	if err := l.mark(); err != nil {
		return err
	}
	root, err := hex.DecodeString(l.root)
	if err != nil || len(root) != 32 {
		return &exitError{exitUsage, errors.New("--root needs 32 bytes in hex")}
	}
	whatsapptest.TrustRoot([32]byte(root))
	deadly, err := parseDeadly(l.kill)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	transport, err := l.garmin(world)
	if err != nil {
		return err
	}
	log := newLog(cmd.ErrOrStderr(), zerolog.WarnLevel)
	whatsapp.SignalLog(log)
	h, err := house.Open(cmd.Context(), l.settings(), house.Outside{
		WhatsApp: &http.Client{Transport: dialing(filepath.Join(world, whatsappSocket))}, Garmin: transport,
		Now: l.now, Seed: l.seed, Secrets: cryptorand.Reader, Log: log, Hurry: l.hurry,
		QR: func(code string) { fmt.Fprintf(cmd.OutOrStdout(), "pair %s\n", code) },
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.OutOrStdout(), "up")
	passed := &passage{deadly: deadly, count: map[failpoint.Point]int{}}
	err = h.Run(failpoint.Arm(cmd.Context(), passed.hit))
	if cmd.Context().Err() != nil {
		err = nil
	}
	passed.tell(cmd.OutOrStdout())
	return errors.Join(err, h.Close())
}

// mark makes the data folder a demo's, and refuses one of the real bot.
func (l life) mark() error {
	mark := filepath.Join(l.data, story.Mark)
	if _, err := os.Stat(mark); err == nil {
		return nil
	}
	if entries, err := os.ReadDir(l.data); l.data == "" || err == nil && len(entries) > 0 {
		return &exitError{exitUsage, errors.New("--data must be a folder of a demo, or new")}
	}
	if err := os.MkdirAll(l.data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return os.WriteFile(mark, nil, 0o600)
}

func (l life) settings() house.Settings {
	s := house.Defaults()
	s.Data, s.Zone, s.ChatPasswords = l.data, "Europe/Lisbon", house.PasswordsOn
	s.Backfill = 60 * 24 * time.Hour
	return s
}

func (l life) now() time.Time { return time.Now().Add(l.shift) }

// dialing returns a transport that reaches one socket whatever the address.
// net/http takes what DialTLSContext returns for finished TLS; where that is
// left out, TLS is spoken through the socket.
func dialing(socket string) *http.Transport {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}
	return &http.Transport{DialContext: dial, DialTLSContext: dial, DisableKeepAlives: true}
}

func (l life) garmin(world string) (*http.Transport, error) {
	pem, err := os.ReadFile(filepath.Join(world, garminCA))
	if err != nil {
		return nil, fmt.Errorf("world: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("world: %s holds no certificate", garminCA)
	}
	t := dialing(filepath.Join(world, garminSocket))
	t.DialTLSContext, t.DisableKeepAlives = nil, false
	t.TLSClientConfig = &tls.Config{RootCAs: roots, Time: l.now, MinVersion: tls.VersionTLS12}
	return t, nil
}

// deadly is the occurrence of a point at which the process kills itself.
type deadly struct {
	point failpoint.Point
	at    int // from 1; 0 never
}

func parseDeadly(s string) (deadly, error) {
	if s == "" {
		return deadly{}, nil
	}
	point, at, _ := strings.Cut(s, ":")
	n, err := strconv.Atoi(at)
	if err != nil || n < 1 {
		return deadly{}, fmt.Errorf("--kill is %q, but must be POINT:N", s)
	}
	return deadly{failpoint.Point(point), n}, nil
}

// passage counts the points that a life passes.
type passage struct {
	deadly deadly
	mu     sync.Mutex // guards count; never held while waiting
	count  map[failpoint.Point]int
}

func (p *passage) hit(at failpoint.Point) {
	p.mu.Lock()
	p.count[at]++
	now := p.count[at]
	p.mu.Unlock()
	if p.deadly.point == at && p.deadly.at == now {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // the signal is on its way
	}
}

func (p *passage) tell(out io.Writer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, point := range failpoint.All() {
		fmt.Fprintf(out, "passed %s %d\n", point, p.count[point])
	}
}
