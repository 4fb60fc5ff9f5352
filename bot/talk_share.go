package bot

import (
	"context"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

// consentText names the text that a yes agrees to, the terms of /link and the
// question: its version, which changes when they do, which of the terms about
// files it had, and whether it was that for who counts without Garmin.
func (t *turn) consentText(ctx context.Context) (string, error) {
	text := "1-" + t.Settings.Files
	if t.Settings.Files != "none" && t.Settings.Files != "all" {
		text = "1-asked"
	}
	account, err := t.account(ctx)
	if quiet(err) != nil {
		return "", err
	}
	if account.Source == store.ByHand {
		text += "-hand"
	}
	return text, nil
}

// filesNotice says that a yes is also one to files, to who has not agreed to
// that: the terms may have been others when they were told.
func (t *turn) filesNotice() string {
	if t.Settings.Files != "all" || t.athlete.Prefs.Files {
		return ""
	}
	return t.filesTerm()
}

// askShare asks whether the sender may be shown, in the group or in which of
// the groups they are in and not yet shown in. The lead comes before it.
func (t *turn) askShare(ctx context.Context, lead string) error {
	groups, err := t.open(ctx)
	if err != nil {
		return err
	}
	if led := justThat(groups, t.lure()); len(led) > 0 {
		groups = led
	}
	switch len(groups) {
	case 0:
		shown, err := t.shownIn(ctx)
		if err != nil {
			return err
		}
		t.end()
		if len(shown) > 0 {
			t.tell(paragraphs(lead, t.loc.Say("bot.share.still", "groups", names(shown))))
			return nil
		}
		t.tell(paragraphs(lead, t.loc.Say("bot.share.nowhere")))
		return nil
	case 1:
		return t.askFor(ctx, lead, groups[0], notes{})
	}
	name, err := t.freeName(ctx, groups[0])
	if err != nil {
		return err
	}
	preview, err := t.preview(ctx, groups[0], "bot.share.preview.any", name)
	if err != nil {
		return err
	}
	text, err := t.consentText(ctx)
	if err != nil {
		return err
	}
	t.await(topicShare, "which", shareLife, notes{Groups: ids(groups), Text: text})
	t.tell(paragraphs(lead, preview, t.filesNotice(), t.loc.Say("bot.share.which")+"\n"+t.list(groups)))
	return nil
}

// open returns the groups that the sender is in and not shown in.
func (t *turn) open(ctx context.Context) ([]store.Group, error) {
	groups, err := t.common(ctx)
	if err != nil {
		return nil, err
	}
	shown, err := t.shownIn(ctx)
	if err != nil {
		return nil, err
	}
	return without(groups, shown), nil
}

func without(groups, others []store.Group) []store.Group {
	var rest []store.Group
	for _, g := range groups {
		taken := false
		for _, o := range others {
			taken = taken || o.ID == g.ID
		}
		if !taken {
			rest = append(rest, g)
		}
	}
	return rest
}

// askFor asks for the yes to one group, with a look at what last week's digest
// would have shown there.
func (t *turn) askFor(ctx context.Context, lead string, g store.Group, n notes) error {
	if n.Name == "" {
		name, err := t.freeName(ctx, g)
		if err != nil {
			return err
		}
		n.Name = name
	}
	text, err := t.consentText(ctx)
	if err != nil {
		return err
	}
	n.Groups, n.Text = []int64{g.ID}, text
	preview, err := t.preview(ctx, g, "bot.share.preview", n.Name)
	if err != nil {
		return err
	}
	t.await(topicShare, "confirm", shareLife, n)
	t.tell(paragraphs(lead, preview, t.filesNotice(), t.loc.Say("bot.share.ask", "group", groupName(g), "name", locale.Name(n.Name))))
	return nil
}

// preview is the line that last week's digest would have had, in the words of
// the key, or nothing.
func (t *turn) preview(ctx context.Context, g store.Group, key, name string) (string, error) {
	week := store.WeekOf(store.DayOf(t.Now().In(g.Location())), g.WeekStart).Before()
	r, err := t.ownReport(ctx, g, week, name, "")
	if err != nil {
		return "", err
	}
	row, found := r.Own(t.athlete.ID)
	if !found || row.Workouts == 0 {
		return "", nil
	}
	return t.loc.Say(key, "group", groupName(g), "line", t.line(r, row)), nil
}

// freeName returns the name to show: the one the person goes by, with more of
// it where somebody else is shown under the same.
func (t *turn) freeName(ctx context.Context, g store.Group) (string, error) {
	name := strings.TrimSpace(t.athlete.Name)
	if name == "" {
		name = strings.TrimSpace(t.in.Name)
	}
	account, err := t.account(ctx)
	if quiet(err) != nil {
		return "", err
	}
	full := strings.Fields(account.Name)
	if locale.Name(name) == "" && len(full) > 0 {
		name = full[0]
	}
	taken, err := t.takenNames(ctx, g)
	if err != nil {
		return "", err
	}
	return taken.free(name, full), nil
}

// shareStep takes the answer to the question.
func (t *turn) shareStep(ctx context.Context, f string) (taken bool, err error) {
	if isNo(f) || isUndecided(f) {
		t.end()
		t.say("bot.share.no")
		return true, nil
	}
	open, err := t.open(ctx)
	if err != nil {
		return true, err
	}
	n := t.notes()
	groups := n.numbered(open)
	if len(groups) == 0 {
		t.end()
		t.say("bot.share.nowhere")
		return true, nil
	}
	if name, ok := chosenName(t.text); ok && t.talk.Step == "confirm" {
		return true, t.rename(ctx, groups[0], name)
	}
	if t.talk.Step == "confirm" && isYes(f) {
		return true, t.agree(ctx, groups[0], n)
	}
	if g, ok := pick(groups, t.text, f); ok && t.talk.Step == "which" {
		return true, t.agree(ctx, g, n)
	}
	if t.talk.Step == "which" && (isYes(f) || t.book().Parse(t.text).Command == "" && gist(f) == "") {
		t.tell(t.loc.Say("bot.share.which") + "\n" + t.list(groups))
		return true, nil
	}
	if t.book().Parse(t.text).Command != "" || isThanks(f) || phrase(f) != "" || gist(f) != "" {
		return false, nil
	}
	t.say("bot.share.again", "group", groupName(groups[0]))
	return true, nil
}

// rename asks again under a chosen name, unless somebody else goes by it.
func (t *turn) rename(ctx context.Context, g store.Group, name string) error {
	taken, err := t.takenNames(ctx, g)
	if err != nil {
		return err
	}
	if taken.has(name) {
		t.say("bot.share.taken", "name", locale.Name(name))
		return nil
	}
	return t.askFor(ctx, "", g, notes{Name: name})
}

// agree takes a yes to the terms as they were asked. Where they are others by
// now, it asks again.
func (t *turn) agree(ctx context.Context, g store.Group, n notes) error {
	text, err := t.consentText(ctx)
	if err != nil {
		return err
	}
	if n.Text != text {
		return t.askFor(ctx, "", g, notes{Name: n.Name})
	}
	return t.share(ctx, g, n.Name)
}

// share keeps the yes and says what it means. Where somebody else has taken
// the name since it was asked for, it asks again.
func (t *turn) share(ctx context.Context, g store.Group, name string) error {
	free, err := t.freeName(ctx, g)
	if err != nil {
		return err
	}
	taken, err := t.takenNames(ctx, g)
	if err != nil {
		return err
	}
	if name != "" && taken.has(name) {
		return t.askFor(ctx, t.loc.Say("bot.share.taken", "name", locale.Name(name)), g, notes{Name: free})
	}
	if name == "" {
		name = free
	}
	if err := t.agreeFiles(ctx); err != nil {
		return err
	}
	text, err := t.consentText(ctx)
	if err != nil {
		return err
	}
	now := t.Now()
	m := store.Membership{
		Athlete: t.athlete.ID, Group: g.ID, Role: store.RoleMember, Joined: now,
		Consent: store.Consent{Text: text, Given: now, Message: t.in.Message},
	}
	today := t.today(g)
	pause, paused, err := t.running(ctx, today)
	if err != nil {
		return err
	}
	t.end()
	if paused {
		t.say("bot.share.done.paused", "group", groupName(g), "name", locale.Name(name), "day", t.farDay(pause.Span.Last(), today))
	} else {
		t.say("bot.share.done", "group", groupName(g), "name", locale.Name(name))
	}
	return t.Store.Share(ctx, t.by(store.RoleMember), m, name, t.reply())
}

// agreeFiles notes that activity files are kept from now on, where the terms
// that the sender said yes to say so.
func (t *turn) agreeFiles(ctx context.Context) error {
	if t.Settings.Files != "all" || t.athlete.Prefs.Files {
		return nil
	}
	prefs := t.athlete.Prefs
	prefs.Files = true
	return t.Store.SetPrefs(ctx, t.by(store.RoleMember), t.athlete.ID, prefs, store.Reply{})
}

// groupName is a group's name, harmless in chat text.
func groupName(g store.Group) string { return locale.Name(g.Name) }

// paragraphs joins what is not empty, with an empty line between.
func paragraphs(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, "\n\n")
}
