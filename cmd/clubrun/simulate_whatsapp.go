package main

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/cmd/clubrun/story"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

// simulateWhatsAppOptions are the flags of simulate whatsapp.
type simulateWhatsAppOptions struct {
	listen, tlsDir, world, logLevel, mediaHost string
	seed                                       int64
	assume                                     []string
	assumptions, network                       bool
}

func simulateWhatsAppCommand() *cobra.Command {
	var o simulateWhatsAppOptions
	cmd := &cobra.Command{
		Use:   "whatsapp",
		Short: "Serve a simulated WhatsApp to multi-device clients",
		Long: "Serve a simulated WhatsApp to multi-device clients: pairing by QR code, chats, groups, files, receipts.\n" +
			"A client needs the address and the trust anchor that are printed, and nothing else. With --tls-dir the\n" +
			"websocket and the host for files speak TLS; without, both are plain, and clients that insist on https\n" +
			"cannot send files.\n\n" +
			"The people are those of the demo, or of --world; the clock is the machine's own. GET /_sim/ says how\n" +
			"to make them act: scan a code, say something, change a group, disturb the network.",
		Example: "  clubrun simulate whatsapp --tls-dir ./sim\n" +
			"  curl --cacert ./sim/whatsapp-ca.pem https://127.0.0.1:8444/_sim/accounts\n" +
			"  curl --cacert ./sim/whatsapp-ca.pem https://127.0.0.1:8444/_sim/say -d '{\"account\":\"Ana\",\"to\":\"bot\",\"text\":\"/help\"}'\n" +
			"  clubrun simulate whatsapp --assumptions\n" +
			"  clubrun simulate whatsapp --assume groups-by-lid=false",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return simulateWhatsApp(cmd, o) },
	}
	cmd.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8444", "address; port 0 takes a free one")
	cmd.Flags().StringVar(&o.tlsDir, "tls-dir", "", "speak TLS under the authority of this folder; made when it is not there")
	cmd.Flags().StringVar(&o.mediaHost, "media-host", "", "host and port that clients are told for files; the address when empty")
	cmd.Flags().StringVar(&o.world, "world", "", "the people and groups of this JSON file")
	cmd.Flags().Int64Var(&o.seed, "seed", 1, "other addresses, other keys")
	cmd.Flags().StringVar(&o.logLevel, "log-level", "warn", "what the server does not know is a warning; the log goes to standard error")
	cmd.Flags().StringArrayVar(&o.assume, "assume", nil, "NAME=VALUE, another choice where the real service is not known")
	cmd.Flags().BoolVar(&o.assumptions, "assumptions", false, "print these choices and exit")
	cmd.Flags().BoolVar(&o.network, "allow-network", false, "let other machines reach it")
	return cmd
}

func simulateWhatsApp(cmd *cobra.Command, o simulateWhatsAppOptions) error {
	if o.assumptions {
		return printWhatsAppAssumptions(cmd.OutOrStdout())
	}
	options, world, err := o.read(cmd)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if o.network {
		fmt.Fprintln(cmd.ErrOrStderr(), "clubrun: warning: with --allow-network other machines may reach this simulation, and make its people act")
	}
	l, err := new(net.ListenConfig).Listen(cmd.Context(), "tcp", o.listen)
	if err != nil {
		return err
	}
	address := l.Addr()
	if o.tlsDir != "" {
		config, err := whatsapptest.OpenTLS(o.tlsDir, time.Now())
		if err != nil {
			return errors.Join(err, l.Close())
		}
		l = tls.NewListener(l, config)
	}
	if options.MediaHost == "" {
		options.MediaHost = reachable(address)
	}
	n, err := whatsapptest.New(options)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	n.Trust()
	server := whatsapptest.NewServer(n)
	if err := populate(n, world); err != nil {
		return errors.Join(err, server.Close(), l.Close())
	}
	o.greet(cmd.OutOrStdout(), n, reachable(address))
	return serveWhatsApp(cmd.Context(), server, l)
}

// read turns flags into what a network is made of.
func (o simulateWhatsAppOptions) read(cmd *cobra.Command) (whatsapptest.Options, story.World, error) {
	none := whatsapptest.Options{}
	if err := checkLoopback(o.listen); err != nil && !o.network {
		return none, story.World{}, err
	}
	level, err := zerolog.ParseLevel(o.logLevel)
	if err != nil {
		return none, story.World{}, fmt.Errorf("--log-level: %w", err)
	}
	rules := whatsapptest.DefaultAssumptions()
	for _, a := range o.assume {
		name, value, _ := strings.Cut(a, "=")
		if err := rules.Set(name, value); err != nil {
			return none, story.World{}, fmt.Errorf("--assume: %w", err)
		}
	}
	world, err := loadWorld(o.world)
	if err != nil {
		return none, story.World{}, err
	}
	return whatsapptest.Options{
		Seed: o.seed, Now: time.Now, Log: newLog(cmd.ErrOrStderr(), level), Rules: &rules, MediaHost: o.mediaHost,
	}, world, nil
}

// reachable is an address as a program on this machine can dial it.
func reachable(a net.Addr) string {
	t, ok := a.(*net.TCPAddr)
	if !ok {
		return a.String()
	}
	if t.IP.IsUnspecified() {
		return fmt.Sprintf("127.0.0.1:%d", t.Port)
	}
	return t.String()
}

// botPhone is the number of the account that is the bot's.
const botPhone = "351910009999"

// populate makes the world's people and groups, and the bot's account. A
// group's first admin is its creator.
func populate(n *whatsapptest.Network, world story.World) error {
	bot := n.AddAccount(botPhone, "bot")
	people := map[string]*whatsapptest.Account{}
	for _, p := range world.People {
		people[strings.ToLower(p.Name)] = n.AddAccount(p.Phone, p.Name)
	}
	for _, g := range world.Groups {
		var members []*whatsapptest.Account
		for _, name := range slices.Concat(g.Admins, g.Members) {
			members = append(members, people[strings.ToLower(name)])
		}
		if g.Bot {
			members = append(members, bot)
		}
		group := n.AddGroup(g.Name, members[0], members[1:]...)
		for _, name := range g.Admins[1:] {
			if err := group.Promote(members[0], people[strings.ToLower(name)]); err != nil {
				return fmt.Errorf("group %s: %w", g.Name, err)
			}
		}
	}
	return nil
}

// mostGreeted is how many accounts are printed at start.
const mostGreeted = 11

func (o simulateWhatsAppOptions) greet(w io.Writer, n *whatsapptest.Network, address string) {
	root := n.RootKey()
	web, plain := "ws", "http"
	if o.tlsDir != "" {
		web, plain = "wss", "https"
	}
	fmt.Fprintf(w, "a simulated WhatsApp listens on %s\n", address)
	fmt.Fprintf(w, "  socket   %s://%s/ws/chat\n", web, address)
	fmt.Fprintf(w, "  control  %s://%s/_sim/\n", plain, address)
	fmt.Fprintf(w, "  root     %s\n", hex.EncodeToString(root[:]))
	fmt.Fprintf(w, "           %s\n", base64.StdEncoding.EncodeToString(root[:]))
	if o.tlsDir != "" {
		fmt.Fprintf(w, "  trust    %s\n", filepath.Join(o.tlsDir, whatsapptest.CAFile))
	}
	accounts := n.Accounts()
	fmt.Fprintf(w, "  accounts %d\n", len(accounts))
	for _, a := range accounts[:min(len(accounts), mostGreeted)] {
		fmt.Fprintf(w, "    %-8s +%s  %s\n", a.Name(), a.PN().User, a.LID())
	}
	if more := len(accounts) - mostGreeted; more > 0 {
		fmt.Fprintf(w, "    and %d more at /_sim/accounts\n", more)
	}
	groups := n.Groups()
	fmt.Fprintf(w, "  groups   %d\n", len(groups))
	for _, g := range groups {
		fmt.Fprintf(w, "    %s  %s  %d members\n", g.JID(), g.Name(), len(g.Members()))
	}
}

// serveWhatsApp serves until ctx ends, and returns once all is closed.
func serveWhatsApp(ctx context.Context, server *whatsapptest.Server, l net.Listener) error {
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	var err error
	select {
	case <-ctx.Done():
		err = server.Close()
		return errors.Join(err, <-served)
	case err = <-served:
		return errors.Join(err, server.Close())
	}
}

// printWhatsAppAssumptions lists where the simulation takes a side.
func printWhatsAppAssumptions(w io.Writer) error {
	for _, a := range whatsapptest.Assumed() {
		if _, err := fmt.Fprintf(w, "%s=%v  (or %v)\n    %s\n", a.Name, a.Default, a.Other, a.What); err != nil {
			return err
		}
	}
	return nil
}
