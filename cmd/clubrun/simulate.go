package main

import (
	"fmt"
	"net"

	"github.com/spf13/cobra"
)

// simulateCommand is the parent of the simulated networks that foreign
// programs can be pointed at, one subcommand for each.
func simulateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "simulate",
		Short:   "Serve a simulated network to other programs on this machine",
		Long:    "Serve a simulated network to other programs on this machine, for tests. Nothing of it is real.",
		Example: "  clubrun simulate garmin --listen 127.0.0.1:8443 --tls-dir ./sim",
		Args: usageArgs(func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("there is no simulated network %q", args[0])
			}
			return nil
		}),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(simulateGarminCommand(), simulateWhatsAppCommand())
	return cmd
}

// checkLoopback refuses an address that other machines can reach.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--listen %s: other machines could reach it; listen on 127.0.0.1, or say --allow-network", address)
	}
	return nil
}
