package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// examplesCommand is the parent of what operators copy, one subcommand for
// each.
func examplesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "examples",
		Short:   "Print pages and files to copy",
		Example: "  clubrun examples privacy > privacy.md",
		Args: usageArgs(func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("there is no example %q", args[0])
			}
			return nil
		}),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "privacy",
		Short: "Print a page for your members: what is kept of them, why, how long, and how to get or erase it",
		Long: "Print a page in Markdown that you can give to your members: what is kept of them, why, for how long, and how\n" +
			"they get or erase it. It is made from the inventory of the database, so it is never behind it.",
		Example: "  clubrun examples privacy > privacy.md",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return writePrivacy(cmd.OutOrStdout()) },
	})
	cmd.AddCommand(&cobra.Command{
		Use:   "commands",
		Short: "Print a page of all that people can ask the bot in WhatsApp, with the words of every language",
		Long: "Print a page in Markdown of all that people can ask the bot in WhatsApp: each command with what may follow it, who\n" +
			"may use it and where, and its words in every language. It is made from the table by which commands are read.",
		Example: "  clubrun examples commands > commands.md",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return writeCommands(cmd.OutOrStdout()) },
	})
	return cmd
}
