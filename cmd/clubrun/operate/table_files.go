package operate

import "slices"

// fileRows are the commands about activities and their files.
func fileRows() []row {
	return []row{
		{
			use: "sync", short: "Read everybody's new activities now",
			long:    "Read everybody's new activities now, or those of one member, and say what was new.",
			example: "  clubrun sync\n  clubrun sync --member Ana", flags: "member output", house: true, run: syncNow,
		},
		{
			use: "list", short: "List activities and whether their file is here",
			long: "List activities, whether their file is here, and what became of each attempt to fetch it: none at the\n" +
				"source, failed and why, and from when it is asked for again. Garmin is asked what is new before; with\n" +
				"--offline the database alone answers.",
			example: "  clubrun list --missing --offline\n  clubrun list --member Ana --since 2026-09-01 --type run\n" +
				"  clubrun list --downloaded -o json | jq -r '.files[].path // empty'",
			flags: "all missing downloaded offline member since until type output", house: true, run: listActivities,
		},
		{
			use: "download", short: "Fetch the activity files that are not here",
			long: "Fetch the activity files that are not here, of members who agreed that they are kept: the original, once\n" +
				"more if that fails, then TCX, then GPX. What a source has no file of is remembered, and asked for again\n" +
				"on a later date. It may be interrupted and repeated; what is here is not fetched twice.",
			example: "  clubrun download --missing\n  clubrun download --missing --member Ana --since 90d --format gpx",
			flags:   "missing! format member since until", house: true, run: downloadMissing,
		},
		{
			use: "link", short: "Link a member's Garmin account from this terminal",
			long: "Link the Garmin account of somebody who has written to the bot, from this terminal: it asks for e-mail,\n" +
				"password, which is not shown, and the code where there is one. With --tokens it takes the file\n" +
				"garmin_tokens.json of python-garminconnect; the first refresh here ends the life of that file's copy.\n" +
				"Linking is not sharing: no group shows the member without the member's own yes.",
			example: "  clubrun link --member Ana\n  clubrun link --member Ana --tokens ~/.garminconnect/garmin_tokens.json",
			flags:   "member! tokens china", house: true, run: linkMember,
		},
		{
			use: "unlink", short: "Take off what a member linked",
			long: "Take off what a member linked, as the member's own /unlink does: the keys of the Garmin account are destroyed\n" +
				"and no group shows the member. It is for whoever has another WhatsApp account now and cannot write from the\n" +
				"old one: the Garmin account can then be linked from the new one. Nobody is told by the bot.",
			example: "  clubrun unlink --member Ana\n  clubrun unlink --member 12", flags: "member!", run: unlinkMember,
		},
		{
			use: "import FILE…", short: "Keep the activities of FIT, TCX and GPX files",
			long: "Keep the activities of FIT, TCX and GPX files, also in .gz, of folders with all below them, and of zip\n" +
				"archives such as Garmin's account export. The same file, and an activity that is kept already, from\n" +
				"Garmin or another file, is not kept twice. A damaged file is read up to the fault and named, a broken one\n" +
				"is named and skipped.",
			example: "  clubrun import ride.fit run.gpx --member Ana\n  clubrun import ~/Downloads/garmin-export.zip --member \"Ana Sousa\"",
			flags:   "member!", house: true, run: importFiles,
		},
		{
			use: "export", short: "Write all that is kept about a member",
			long: "Write all that is kept about a member, and nothing of anybody else: profile, consents, activities, records as\n" +
				"they came, messages, files. It is a zip archive; with --format csv or json, or a FILE that ends so, that one\n" +
				"part alone. With --format fit there is a FIT file of each activity in it. Tokens are never in it.",
			example: "  clubrun export --member Ana\n  clubrun export --member Ana --to ana.zip --format fit\n  clubrun export --member Ana --format json --to - | jq .activities",
			flags:   "member! archive export", run: exportMember,
		},
	}
}

// checkFiles refuses flags that contradict each other.
func (c *Call) checkFiles() error {
	if c.Exports() {
		return c.checkExport()
	}
	given := 0
	for _, one := range []bool{c.all, c.missing, c.downloaded} {
		if one {
			given++
		}
	}
	if given > 1 {
		return usage("%s takes one of --all, --missing and --downloaded", c.Name)
	}
	if !slices.Contains([]string{"", "fit", "tcx", "gpx", "kml"}, c.format) {
		return usage("unknown format %q: fit, tcx, gpx or kml", c.format)
	}
	return nil
}
