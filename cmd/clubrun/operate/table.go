package operate

import (
	"context"
	"strings"

	"clubrun/cmd/clubrun/control"

	"github.com/spf13/cobra"
)

// row is a command. Its flags are named in one line; a ! means needed.
type row struct {
	use, short, long, example string
	flags                     string
	live                      bool // needs a running instance
	house                     bool // asks Garmin: a house that is not running will do
	run                       func(ctx context.Context, d *Desk, c *Call) error
	sub                       []row
}

// table is all commands of the operator.
func table() []row { return append(groupRows(), fileRows()...) }

// groupRows are the commands about groups, members and the instance.
func groupRows() []row {
	return []row{
		{
			use: "groups", short: "List the groups that the bot is in, allow or forbid one",
			long: "List the groups that the bot is in, or allow one: an admin of it can then start the bot there with /start.\n" +
				"A group is named as in WhatsApp, or by its number in the list.",
			example: "  clubrun groups\n  clubrun groups allow Tuesday Runners\n  clubrun groups forbid 3",
			flags:   "output", run: listGroups,
			sub: []row{
				{use: "list", short: "List the groups", example: "  clubrun groups list -o json", flags: "output", run: listGroups},
				{use: "allow NAME", short: "Let the admins of a group start the bot there", example: "  clubrun groups allow Tuesday Runners", run: allowGroup},
				{use: "forbid NAME", short: "Silence the bot in a group", example: "  clubrun groups forbid Tuesday Runners", run: forbidGroup},
			},
		},
		{
			use: "members", short: "List who has written to the bot, and how their accounts are",
			long:    "List everybody who has written to the bot: since when they are linked, how the account is, when it was last\nread, and in which groups they agreed to be shown. Phone numbers are shown with --phones only.",
			example: "  clubrun members\n  clubrun members -o json | jq -r 'select(.state == \"signed_out\").name'",
			flags:   "output phones", run: listMembers,
			sub: []row{{use: "list", short: "List the members", example: "  clubrun members list --phones", flags: "output phones", run: listMembers}},
		},
		{
			use: "status", short: "Ask the running instance how it is",
			long:    "Ask the running instance how it is: version, WhatsApp, groups, members, syncs, what waits, the next digests.",
			example: "  clubrun status\n  clubrun status -o json | jq .whatsapp",
			flags:   "output", live: true, run: showStatus,
		},
		{
			use: "stop", short: "End the running instance cleanly",
			long:    "End the running instance and wait until it has put everything in order.",
			example: "  clubrun stop --data /srv/clubrun", live: true, run: stop,
		},
		{
			use: "digest", short: "Look at a group's digest, or post it now",
			example: "  clubrun digest preview --group \"Tuesday Runners\"\n  clubrun digest send --group \"Tuesday Runners\" --week 2026-W37",
			sub: []row{
				{
					use: "preview", short: "Print a digest's text and write its picture, posting nothing",
					long: "Print the text of a group's digest and write its picture to a folder, just as it would be posted.\n" +
						"Without --week it is the week that a digest of today covers: on its last day the running one, else the last full one.\n" +
						"With --world it is a group of a simulated world, and no data folder is needed.",
					example: "  clubrun digest preview --group \"Tuesday Runners\" --week 2026-W37 --to pictures\n" +
						"  clubrun digest preview --world default --seed 7 --group \"Parkside RC\"",
					flags: "group! week to world seed", run: previewDigest,
				},
				{
					use: "send", short: "Post a digest now, once per group and week",
					long:    "Post a group's digest now. A week whose digest was posted is not posted again.",
					example: "  clubrun digest send --group \"Tuesday Runners\"\n  clubrun digest send --group 1 --week 2026-W37",
					flags:   "group! week", live: true, run: sendDigest,
				},
			},
		},
		{
			use: "schedule DAY TIME", short: "Set when a group's digest comes, or show it",
			long:    "Set when a group's digest comes, in words as in the chat and in any of its languages; off ends it.\nWithout a day and a time it shows what is set.",
			example: "  clubrun schedule --group \"Tuesday Runners\" \"sun 18:00\"\n  clubrun schedule --group 1 off",
			flags:   "group!", run: plan,
		},
		{
			use: "audit", short: "Show who did what, the latest first",
			example: "  clubrun audit\n  clubrun audit --last 100 -o json", flags: "output last", run: showAudit,
		},
		{
			use: "logs", short: "Show the latest warnings and errors of the running instance",
			long: "Show the latest warnings and errors of the running instance, the newest last: up to 200 since it was started,\n" +
				"without secrets, phone numbers and addresses. With --follow those to come are shown, too.",
			example: "  clubrun logs\n  clubrun logs --last 5 --follow\n  clubrun logs -o json | jq -r 'select(.level == \"error\").message'",
			flags:   "output last follow", live: true, run: showLogs,
		},
		{
			use: "jobs", short: "Show the latest runs of syncs, digests and housekeeping",
			example: "  clubrun jobs --last 50", flags: "output last", run: showJobs,
		},
	}
}

// Call is one use of a command.
type Call struct {
	Name  string   // without the parameters, such as "groups allow"
	Words []string // the command line, for somebody else to run
	Live  bool     // it needs a running instance
	House bool     // it needs a house, running or not
	To    string   // the folder for files
	World string   // the file of a simulated world; it replaces the data folder
	Seed  int64    // of that world's training
	Files []string // files and folders that the command line names

	Secret bool // somebody types a password at it

	args                        []string
	group, member, week, output string
	since, until, kind, format  string
	tokens                      string
	china                       bool
	phones, offline             bool
	all, missing, downloaded    bool
	last                        int
	follow                      bool
	out                         control.Out
	run                         func(ctx context.Context, d *Desk, c *Call) error
}

// Group returns the group that was named; empty where none was.
func (c *Call) Group() string { return c.group }

// Week returns the week that was named; empty where none was.
func (c *Call) Week() string { return c.week }

// Run runs the command at a desk.
func (c *Call) Run(ctx context.Context, d *Desk, out control.Out) error {
	c.out = out
	return c.run(ctx, d, c)
}

// Commands returns the table for a command line; do is called with each
// command that is well formed.
func Commands(do func(cmd *cobra.Command, c *Call) error) []*cobra.Command {
	return build(table(), "", do)
}

func build(rows []row, parent string, do func(*cobra.Command, *Call) error) []*cobra.Command {
	var all []*cobra.Command
	for _, r := range rows {
		all = append(all, r.command(parent, do))
	}
	return all
}

func (r row) command(parent string, do func(*cobra.Command, *Call) error) *cobra.Command {
	word, _, _ := strings.Cut(r.use, " ")
	c := &Call{Name: strings.TrimSpace(parent + " " + word), Live: r.live, run: r.run}
	cmd := &cobra.Command{Use: r.use, Short: r.short, Long: r.long, Example: r.example, Args: cobra.ArbitraryArgs}
	c.addFlags(cmd, strings.Fields(strings.ReplaceAll(r.flags, "!", "")))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if r.run == nil {
			return help(cmd, args)
		}
		if err := c.check(cmd, r, args); err != nil {
			return err
		}
		c.args, c.Words = args, words(c.Name, cmd, args)
		c.House = r.house && !c.offline
		c.Secret = cmd.Flags().Lookup("tokens") != nil
		switch {
		case c.Name == importName:
			c.Files = args
		case c.tokens != "":
			c.Files = []string{c.tokens}
		}
		return do(cmd, c)
	}
	cmd.AddCommand(build(r.sub, c.Name, do)...)
	return cmd
}

// help answers a command that is none without a word behind it.
func help(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s has no command %q", cmd.Name(), args[0])
	}
	return cmd.Help()
}

func (c *Call) addFlags(cmd *cobra.Command, names []string) {
	f := cmd.Flags()
	for _, name := range names {
		switch name {
		case "group":
			f.StringVar(&c.group, name, "", "the group, by its name or its number in clubrun groups")
		case "member":
			f.StringVar(&c.member, name, "", "the member, by name or by the number in clubrun members")
		case "week":
			f.StringVar(&c.week, name, "", "the week, such as 2026-W37, or a day in it, such as 2026-09-09")
		case "to":
			f.StringVar(&c.To, name, "digest-out", "folder for the pictures")
		case "archive":
			f.StringVar(&c.To, "to", "", "the file to write; - is standard output; without it export-NAME.zip")
		case "export":
			f.StringVar(&c.format, "format", "", "csv (the table of activities), json (what the database holds), or fit (everything, and a FIT file of each activity)")
			_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"csv", "json", "fit"}, cobra.ShellCompDirectiveNoFileComp))
		case "world":
			f.StringVar(&c.World, name, "", "the JSON file of a simulated world, or default")
		case "seed":
			f.Int64Var(&c.Seed, name, 1, "other training in the simulated world")
		case "output":
			f.StringVarP(&c.output, name, "o", "table", "table, or json: one object a line")
			_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions([]string{"table", "json"}, cobra.ShellCompDirectiveNoFileComp))
		case "phones":
			f.BoolVar(&c.phones, name, false, "show phone numbers, too")
		case "since":
			f.StringVar(&c.since, name, "", "from this day on, such as 2026-09-01, or 30d for the last 30 days")
		case "until":
			f.StringVar(&c.until, name, "", "up to this day, which is in it")
		case "type":
			f.StringVar(&c.kind, name, "", "of this sport or type only, such as run or trail_running")
		case "format":
			f.StringVar(&c.format, name, "", "this format only: fit (the original), tcx, gpx or kml; without it the original, else TCX, else GPX")
			_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions([]string{"fit", "tcx", "gpx", "kml"}, cobra.ShellCompDirectiveNoFileComp))
		case "all":
			f.BoolVar(&c.all, name, false, "all activities (the default)")
		case "missing":
			f.BoolVar(&c.missing, name, false, "those whose file is not here")
		case "downloaded":
			f.BoolVar(&c.downloaded, name, false, "those whose file is here")
		case "tokens":
			f.StringVar(&c.tokens, name, "", "a token file of python-garminconnect, in place of a password")
		case "china":
			f.BoolVar(&c.china, name, false, "the account is at garmin.cn")
		case "offline":
			f.BoolVar(&c.offline, name, false, "ask the database only, not Garmin")
		case "last":
			f.IntVar(&c.last, name, 20, "how many entries")
		case "follow":
			f.BoolVarP(&c.follow, name, "f", false, "go on with those to come")
		}
	}
}

// check refuses what no desk could make sense of.
func (c *Call) check(cmd *cobra.Command, r row, args []string) error {
	if strings.Contains(r.flags, "group!") && c.group == "" && c.World == "" {
		return usage("%s needs --group", c.Name)
	}
	if cmd.Flags().Lookup("output") != nil && c.output != "table" && c.output != "json" {
		return usage("unknown output %q: table or json", c.output)
	}
	if cmd.Flags().Lookup("last") != nil && (c.last < 1 || c.last > 10000) {
		return usage("--last is %d, but may be from 1 to 10000", c.last)
	}
	if err := c.checkFiles(); err != nil {
		return err
	}
	if strings.Contains(r.flags, "member!") && c.member == "" {
		return usage("%s needs --member", c.Name)
	}
	if c.Name == importName {
		if err := c.checkImport(args); err != nil {
			return err
		}
	}
	if strings.Contains(r.flags, "missing!") && !c.missing {
		return usage("%s needs --missing: it fetches what is missing, and nothing twice", c.Name)
	}
	takes := strings.Contains(r.use, " ") || c.group != "" || c.member != ""
	if len(args) > 0 && !takes {
		return usage("%s does not know what to do with %q", c.Name, args[0])
	}
	if len(args) == 0 && strings.HasSuffix(r.use, " NAME") {
		return usage("%s needs the name of a group", c.Name)
	}
	return nil
}

// ownFlags are the flags that the command itself understands, wherever it runs.
var ownFlags = [...]string{"group", "member", "week", "to", "output", "phones", "last",
	"since", "until", "type", "format", "all", "missing", "downloaded", "offline", "tokens", "china", "follow"}

// words writes the command line again, without the settings of this machine.
func words(name string, cmd *cobra.Command, args []string) []string {
	line := strings.Fields(name)
	for _, name := range ownFlags {
		if cmd.Flags().Changed(name) {
			line = append(line, "--"+name+"="+cmd.Flags().Lookup(name).Value.String())
		}
	}
	return append(append(line, "--"), args...)
}
