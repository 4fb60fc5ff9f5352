package main

import (
	"crypto/rand"
	"path/filepath"
	"time"

	"clubrun/cmd/clubrun/house"
	"clubrun/store/sqlite"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

func groupsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "groups [list | allow NAME | forbid NAME]",
		Short: "List the groups that the bot is in, allow or forbid one",
		Long: "List the groups that the bot is in, or allow one: an admin of it can then start the bot there with /start.\n" +
			"A group is named as in WhatsApp, or by the number in the list. Works beside a running bot.",
		Example: "  clubrun groups\n  clubrun groups allow Tuesday Runners\n  clubrun groups forbid 3",
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := openDatabase(cmd)
			if err != nil {
				return err
			}
			defer func() { _ = db.Close() }()
			return house.Groups(cmd.Context(), db, args, cmd.OutOrStdout())
		},
	}
	settingFlags(cmd, "DATA", "KEY")
	return cmd
}

// openDatabase opens the database of a data folder beside the bot that may be
// running on it.
func openDatabase(cmd *cobra.Command) (*sqlite.DB, error) {
	s, err := configure(cmd)
	if err != nil {
		return nil, err
	}
	key, err := house.MasterKey(s, rand.Reader)
	if err != nil {
		return nil, err
	}
	return sqlite.Open(cmd.Context(), filepath.Join(s.Data, "clubrun.db"),
		sqlite.Options{Key: key, Rand: rand.Reader, Now: time.Now, Log: zerolog.Nop()})
}
