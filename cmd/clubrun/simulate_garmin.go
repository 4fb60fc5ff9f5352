package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"time"

	"clubrun/cmd/clubrun/story"
	"clubrun/garmin/garmintest"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

// simulateGarminOptions are the flags of simulate garmin.
type simulateGarminOptions struct {
	listen, tlsDir, world, logLevel string
	seed                            int64
	assume                          []string
	assumptions, network            bool
}

func simulateGarminCommand() *cobra.Command {
	var o simulateGarminOptions
	cmd := &cobra.Command{
		Use:   "garmin",
		Short: "Serve a simulated Garmin Connect over TLS",
		Long: "Serve a simulated Garmin Connect over TLS: sign-in with codes, tokens, activities, files,\n" +
			"daily health. Host or SNI decides which of its hosts answers. Trust ca.pem of the --tls-dir, and send\n" +
			"the hosts to the address.\n\n" +
			"The people are those of the demo, or of --world, with an account each. The clock is the machine's own:\n" +
			"everybody's year of training ends now, whatever day the world's file names, and goes on while it serves.\n" +
			"Codes that are sent are printed. GET /_sim/codes on any of the hosts is a JSON object from e-mail to\n" +
			"newest code, authenticator apps included; POST /_sim/disturb takes {\"email\":\"\",\"what\":\"429\",\"arg\":\"\"},\n" +
			"an empty e-mail for everybody. GET /_sim/activities?email= and /_sim/days?email=&from=&to= tell what is\n" +
			"true, whatever the service says.\n\n" + disturbances(),
		Example: "  clubrun simulate garmin --listen 127.0.0.1:8443 --tls-dir ./sim\n" +
			"  curl --cacert ./sim/ca.pem https://127.0.0.1:8443/_sim/codes\n" +
			"  curl --cacert ./sim/ca.pem https://127.0.0.1:8443/_sim/disturb -d '{\"email\":\"ben@example.org\",\"what\":\"429\",\"arg\":\"api 60\"}'\n" +
			"  curl --cacert ./sim/ca.pem https://127.0.0.1:8443/_sim/disturb -d '{\"email\":\"ben@example.org\",\"what\":\"ok\"}'\n" +
			"  clubrun simulate garmin --assumptions\n" +
			"  clubrun simulate garmin --tls-dir ./sim --assume wrong-code-status=401",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return simulateGarmin(cmd, o) },
	}
	cmd.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8443", "address; port 0 takes a free one")
	cmd.Flags().StringVar(&o.tlsDir, "tls-dir", "", "folder of ca.pem and its key; made when they are not there")
	cmd.Flags().StringVar(&o.world, "world", "", "the people of this JSON file")
	cmd.Flags().Int64Var(&o.seed, "seed", 1, "other training, other codes")
	cmd.Flags().StringVar(&o.logLevel, "log-level", "error", "debug shows every request; the log goes to standard error")
	cmd.Flags().StringArrayVar(&o.assume, "assume", nil, "NAME=VALUE, another choice where the real service is not known")
	cmd.Flags().BoolVar(&o.assumptions, "assumptions", false, "print these choices and exit")
	cmd.Flags().BoolVar(&o.network, "allow-network", false, "let other machines reach it")
	return cmd
}

func simulateGarmin(cmd *cobra.Command, o simulateGarminOptions) error {
	if o.assumptions {
		return printAssumptions(cmd.OutOrStdout())
	}
	options, world, err := o.read(cmd)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if o.network {
		fmt.Fprintln(cmd.ErrOrStderr(), "clubrun: warning: with --allow-network other machines may reach this simulation; its passwords are no secret")
	}
	if options.Authority, err = garmintest.OpenAuthority(o.tlsDir, time.Now()); err != nil {
		return err
	}
	server, err := garmintest.New(options)
	if err != nil {
		return err
	}
	if err := openAccounts(server, world); err != nil {
		return errors.Join(err, server.Close())
	}
	l, err := new(net.ListenConfig).Listen(cmd.Context(), "tcp", o.listen)
	if err != nil {
		return errors.Join(err, server.Close())
	}
	o.greet(cmd.OutOrStdout(), l.Addr(), world)
	return serveGarmin(cmd.Context(), server, l)
}

// read turns flags into what a server is made of.
func (o simulateGarminOptions) read(cmd *cobra.Command) (garmintest.Options, story.World, error) {
	none := garmintest.Options{}
	if o.tlsDir == "" {
		return none, story.World{}, errors.New("--tls-dir is needed: the folder of the certificate to trust")
	}
	if err := checkLoopback(o.listen); err != nil && !o.network {
		return none, story.World{}, err
	}
	level, err := zerolog.ParseLevel(o.logLevel)
	if err != nil {
		return none, story.World{}, fmt.Errorf("--log-level: %w", err)
	}
	rules := garmintest.DefaultAssumptions()
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
	out := cmd.OutOrStdout()
	return garmintest.Options{Seed: o.seed, Now: time.Now, Log: newLog(cmd.ErrOrStderr(), level), Rules: &rules,
		OnCode: func(email, code string) { fmt.Fprintf(out, "code for %s: %s\n", email, code) }}, world, nil
}

func (o simulateGarminOptions) greet(w io.Writer, at net.Addr, world story.World) {
	ca := filepath.Join(o.tlsDir, "ca.pem")
	fmt.Fprintf(w, "a simulated Garmin Connect listens on %s\n", at)
	fmt.Fprintf(w, "  hosts  %s\n", strings.Join(garmintest.Hosts(), " "))
	fmt.Fprintf(w, "  trust  %s\n", ca)
	fmt.Fprintf(w, "  codes  curl --cacert %s https://%s/_sim/codes\n", ca, at)
	fmt.Fprintf(w, "  people %d\n", len(world.People))
	for _, p := range world.People[:min(len(world.People), 10)] {
		fmt.Fprintf(w, "    %s  password %s  code %s\n", p.Email, p.Password, cmp.Or(p.MFA, "none"))
	}
}

// openAccounts opens an account for each of the world's people.
func openAccounts(server *garmintest.Server, world story.World) error {
	zone, err := time.LoadLocation(world.Zone)
	if err != nil {
		return fmt.Errorf("world: %w", err)
	}
	for _, p := range world.People {
		m := garmintest.Member{Name: p.Name, Email: p.Email, Password: p.Password, MFA: p.MFA, Zone: zone,
			Training: garmintest.Training{Archetype: p.Training}}
		if err := server.Add(m); err != nil {
			return fmt.Errorf("account of %s: %w", p.Name, err)
		}
	}
	return nil
}

// serveGarmin serves until ctx ends, and returns once all is closed.
func serveGarmin(ctx context.Context, server *garmintest.Server, l net.Listener) error {
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case <-ctx.Done():
		err := server.Close()
		if early := <-served; !errors.Is(early, net.ErrClosed) { // closed before it began
			err = errors.Join(err, early)
		}
		return err
	case err := <-served:
		return errors.Join(err, server.Close())
	}
}

// disturbances lists what /_sim/disturb takes: the first word is "what", the
// rest "arg".
func disturbances() string {
	var lasting, once strings.Builder
	for _, d := range garmintest.Disturbances() {
		list := &lasting
		if d.AtOnce {
			list = &once
		}
		fmt.Fprintf(list, "  %s\n      %s\n", d.Form, d.What)
	}
	return "Disturbances, the first word as what and the rest as arg, last until ok:\n" + lasting.String() +
		"and at once:\n" + strings.TrimSuffix(once.String(), "\n")
}

// printAssumptions lists where the simulation takes a side.
func printAssumptions(w io.Writer) error {
	for _, a := range garmintest.Assumed() {
		if _, err := fmt.Fprintf(w, "%s=%v  (or %v)\n    %s [%s]\n", a.Name, a.Default(), a.Other, a.What, a.Where); err != nil {
			return err
		}
	}
	return nil
}
