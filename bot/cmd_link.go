package bot

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

// runLink begins a sign-in: the terms, then the road that was asked for or the
// choice between those that there are.
func runLink(ctx context.Context, t *turn, args []string) error {
	if ok, err := t.invited(ctx, args); err != nil || !ok {
		return err
	}
	if t.known() {
		account, err := t.Store.Account(ctx, t.athlete.ID, garmin)
		if quiet(err) != nil {
			return err
		}
		if err == nil && account.State != store.AccountSignedOut {
			return t.linkedAlready(ctx, t.loc.Say("bot.link.already", "name", cmp.Or(locale.Name(account.Name), locale.Name(t.athlete.Name))))
		}
		counts, err := t.countsByHand(ctx, args)
		switch {
		case err != nil:
			return err
		case counts:
			return t.linkedAlready(ctx, "")
		}
	}
	groups, err := t.common(ctx)
	if err != nil {
		return err
	}
	if len(groups) == 0 && !t.known() {
		t.say("bot.stranger", "operator", t.operator())
		return nil
	}
	roads := t.roads()
	road, region, wanted := roadOf(args)
	switch {
	case !wanted && len(roads) == 1: // without an account alone
		t.say("bot.link.closed", "operator", t.operator())
		return nil
	case wanted && !offers(roads, road):
		t.say("bot.link.other", "roads", byCommand(roads))
		return nil
	}
	if t.athlete, err = t.Store.Meet(ctx, t.in.Sender, t.in.Phone, t.in.Name); err != nil {
		return fmt.Errorf("meet: %w", err)
	}
	if led := justThat(groups, t.lure()); len(led) > 0 {
		groups = led
	}
	if road == roadFiles {
		return t.linkByHand(ctx, groups)
	}
	if t.mustWait(ctx, road, region) {
		return nil
	}
	t.tell(paragraphs(t.terms("bot.terms", groups), t.question(road, region)))
	return nil
}

// question makes the dialogue wait for the first answer of a road, or for the
// choice of one, and returns what is asked.
func (t *turn) question(road, region string) string {
	if road != "" {
		return t.ask(road, region)
	}
	t.await(topicLink, stepRoad, linkLife, notes{Region: region})
	return t.listRoads()
}

// listRoads numbers the roads, one a line.
func (t *turn) listRoads() string {
	lines := []string{t.loc.Say("bot.link.road")}
	for i, road := range t.roads() {
		lines = append(lines, t.loc.Say("bot.link.road."+road, "i", i+1))
	}
	return strings.Join(lines, "\n")
}

// terms says what is read and what is kept, in the words of a key, from the
// operator's settings.
func (t *turn) terms(key string, groups []store.Group) string {
	name := locale.Name(t.in.Name)
	if name == "" {
		name = locale.Name(t.athlete.Name)
	}
	hello := t.loc.Say("bot.terms.hello.nameless")
	if name != "" {
		hello = t.loc.Say("bot.terms.hello", "name", name)
	}
	return hello + " " + t.loc.Say(key, "group", t.whereOf(groups), "files", t.filesTerm(), "operator", t.keeperBy(key))
}

// whereOf names the one group that terms are about.
func (t *turn) whereOf(groups []store.Group) string {
	if len(groups) == 1 {
		return "*" + groupName(groups[0]) + "*"
	}
	return t.loc.Say("bot.terms.group")
}

// keeper says what who runs the bot sees.
func (t *turn) keeper() string { return t.keeperBy("bot.terms") }

// keeperBy says so to who agrees to the terms of a key.
func (t *turn) keeperBy(key string) string {
	if t.Settings.Operator == "" {
		return t.loc.Say(key + ".operator.nameless")
	}
	return t.loc.Say(key+".operator", "operator", t.operator())
}

// filesTerm says which activity files this server keeps.
func (t *turn) filesTerm() string {
	switch t.Settings.Files {
	case "none":
		return t.loc.Say("bot.terms.files.none")
	case "all":
		return t.loc.Say("bot.terms.files.all")
	}
	return t.loc.Say("bot.terms.files.asked")
}

// countsByHand says whether somebody who came by an invitation, and asked for no
// road, counts without Garmin already: they want to be shown in that group, too.
func (t *turn) countsByHand(ctx context.Context, args []string) (bool, error) {
	if _, _, wanted := roadOf(args); wanted || t.lured == 0 {
		return false, nil
	}
	_, err := t.Store.Account(ctx, t.athlete.ID, store.ByHand)
	return err == nil, quiet(err)
}

// linkedAlready answers somebody whose account works: with the question that
// is still open, where one is.
func (t *turn) linkedAlready(ctx context.Context, lead string) error {
	groups, err := t.open(ctx)
	if err != nil {
		return err
	}
	if len(groups) == 0 || t.lured != 0 && len(justThat(groups, t.lured)) == 0 {
		shown, err := t.shownIn(ctx)
		if led := justThat(shown, t.lured); len(led) > 0 {
			lead = t.loc.Say("bot.join.already", "groups", names(led))
		}
		t.tell(lead)
		return err
	}
	return t.askShare(ctx, lead)
}

// roadOf reads which road was asked for, and of which region the account is;
// wanted is false where no road was.
func roadOf(words []string) (road, region string, wanted bool) {
	for _, word := range words {
		switch {
		case isChina(word):
			region = china
		case wanted:
		case word == roadChat, word == roadPage, word == roadGarmin:
			road, wanted = word, true
		case oneOf("files|file|archivos|ficheiros|arquivos", word):
			road, wanted = roadFiles, true
		}
	}
	return road, region, wanted
}

// china is the region of accounts at garmin.cn.
const china = "cn"

// isChina says whether a folded word means that region.
func isChina(word string) bool {
	switch trim(word) {
	case china, "china", "garmin.cn", "中国", "chine", "cina":
		return true
	}
	return false
}

func offers(roads []string, road string) bool {
	for _, r := range roads {
		if r == road {
			return true
		}
	}
	return false
}

// byCommand lists roads as the commands that take them.
func byCommand(roads []string) string {
	var all []string
	for _, road := range roads {
		all = append(all, "/link "+road)
	}
	return strings.Join(all, ", ")
}
