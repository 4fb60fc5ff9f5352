package bot

import (
	"context"
	"slices"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

// mostNames is how many people a list offers to choose from.
const mostNames = 5

// single returns the one member that a question means. Where ok is false, what
// there is to say has been said: that nothing is shared, or a list to choose
// from.
func (t *turn) single(ctx context.Context, g store.Group, q question, command string, args []string, known []store.Athlete) (who store.Athlete, ok bool, err error) {
	found := q.named(known)
	if i := slices.IndexFunc(found, func(a store.Athlete) bool { return a.ID == t.chosen }); i >= 0 {
		return found[i], true, nil
	}
	switch len(found) {
	case 0:
		t.nothingOf(q)
		return who, false, nil
	case 1:
		return found[0], true, nil
	}
	return who, false, t.askWho(ctx, g, found[:min(mostNames, len(found))], command, args)
}

// askWho lists the people whom a name may mean. The list goes to the direct
// chat, where the sender has one; else the group is asked for the whole name.
func (t *turn) askWho(ctx context.Context, g store.Group, found []store.Athlete, command string, args []string) error {
	var lines, all []string
	n := notes{Groups: []int64{g.ID}, Command: command, Args: args}
	for i, a := range found {
		n.People = append(n.People, a.ID)
		lines = append(lines, t.loc.Say("bot.list", "i", i+1, "group", locale.Name(a.Name)))
		all = append(all, locale.Name(a.Name))
	}
	if t.in.Group {
		free, err := t.free(ctx)
		if err != nil {
			return err
		}
		if !free {
			t.say("bot.which.room", "names", strings.Join(all, ", "))
			return nil
		}
		t.react("👉")
	}
	t.await(topicWho, "which", shortLife, n)
	t.write(t.loc.Say("bot.which") + "\n" + strings.Join(lines, "\n"))
	return nil
}

// free says whether the sender can be asked something in the direct chat: they
// have written there, and no other dialogue is open.
func (t *turn) free(ctx context.Context) (bool, error) {
	if !t.known() || t.Direct == nil {
		return false, nil
	}
	talk, err := t.Store.Talk(ctx, t.in.Sender)
	if quiet(err) != nil {
		return false, err
	}
	return talk.Topic == "" || !talk.Until.IsZero() && t.Now().After(talk.Until), nil
}

// write owes a text in the sender's direct chat.
func (t *turn) write(text string) {
	if !t.in.Group {
		t.tell(text)
		return
	}
	t.owed = append(t.owed, t.to(t.athlete, t.outgoing(store.KindText, text)))
}

// whoStep takes the choice of a person, by number or by name, and asks the
// question again.
func (t *turn) whoStep(ctx context.Context, f string) (taken bool, err error) {
	n := t.notes()
	t.end()
	if isNo(f) {
		t.react("👍")
		return true, nil
	}
	c, known := t.book().find(n.Command)
	if len(n.Groups) != 1 || !known {
		return false, nil
	}
	g, people, err := t.offered(ctx, n)
	if err != nil {
		return true, err
	}
	i, number := choice(f)
	switch found := (question{name: trim(f)}).named(people); {
	case number && i <= len(n.People):
		t.chosen = n.People[i-1]
	case len(found) == 1:
		t.chosen = found[0].ID
	case number && len(people) > 1:
		return true, t.askWho(ctx, g, people, n.Command, n.Args)
	default:
		return false, nil
	}
	t.about = n.Groups[0]
	role, err := t.role(ctx)
	if err != nil {
		return true, err
	}
	return true, t.obey(ctx, c, n.Args, role)
}

// offered returns the group that a question was about, and those of the people
// it offered who may still be asked for, in their order.
func (t *turn) offered(ctx context.Context, n notes) (g store.Group, people []store.Athlete, err error) {
	groups, err := t.common(ctx)
	if err != nil {
		return g, nil, err
	}
	for _, one := range justThat(groups, n.Groups[0]) {
		known, err := t.visible(ctx, one)
		if err != nil {
			return g, nil, err
		}
		for _, id := range n.People {
			if i := slices.IndexFunc(known, func(a store.Athlete) bool { return a.ID == id }); i >= 0 {
				people = append(people, known[i])
			}
		}
		g = one
	}
	return g, people, nil
}

// justThat returns the group of an id, where it is among those given.
func justThat(groups []store.Group, id int64) []store.Group {
	return slices.DeleteFunc(slices.Clone(groups), func(g store.Group) bool { return g.ID != id })
}
