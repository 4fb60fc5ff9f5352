package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"clubrun/store"
)

// runJoin asks for the yes to being shown in a group. From a group it only
// leads to the direct chat: a yes is never said in front of everybody.
func runJoin(ctx context.Context, t *turn, args []string) error {
	if i := slices.IndexFunc(args, isOff); i >= 0 {
		return runLeave(ctx, t, slices.Concat(args[:i], args[i+1:]))
	}
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	groups, err := t.open(ctx)
	if err != nil {
		return err
	}
	shown, err := t.shownIn(ctx)
	if err != nil {
		return err
	}
	named := strings.Join(slices.DeleteFunc(slices.Clone(args), isOn), " ")
	if g, ok := groupCalled(shown, named); ok {
		t.say("bot.join.already", "groups", names([]store.Group{g}))
		return nil
	}
	if g, ok := groupCalled(groups, named); ok {
		return t.askFor(ctx, "", g, notes{})
	}
	if len(groups) > 0 {
		return t.askShare(ctx, "")
	}
	if len(shown) == 0 {
		t.say("bot.nogroup")
		return nil
	}
	t.say("bot.join.already", "groups", names(shown))
	return nil
}

// groupCalled returns the group of a typed, folded name.
func groupCalled(groups []store.Group, named string) (store.Group, bool) {
	for _, g := range groups {
		if named != "" && (store.SameName(g.Name, named) || fold(g.Name) == named) {
			return g, true
		}
	}
	return store.Group{}, false
}

// runLeave ends being shown: in the group where it is said, or in the one that
// is chosen. A yes can be taken back also where the bot does not work now.
func runLeave(ctx context.Context, t *turn, args []string) error {
	shown, err := t.agreedIn(ctx)
	if err != nil {
		return err
	}
	if t.in.Group {
		for _, g := range shown {
			if g.ID == t.group.ID {
				return t.leave(ctx, g)
			}
		}
		if t.serves(t.group) {
			t.say("bot.leave.notshown")
		}
		return nil
	}
	switch len(shown) {
	case 0:
		t.say("bot.leave.nowhere")
		return nil
	}
	named := strings.Join(args, " ")
	if g, ok := pick(shown, named, named); ok {
		return t.leave(ctx, g)
	}
	if another, err := t.isGroup(ctx, named); another || err != nil {
		t.say("bot.join.already", "groups", names(shown))
		return err
	}
	if len(shown) == 1 {
		return t.leave(ctx, shown[0])
	}
	t.await(topicLeave, "which", shortLife, notes{Groups: ids(shown)})
	t.tell(t.loc.Say("bot.leave.which") + "\n" + t.list(shown))
	return nil
}

// isGroup says whether a name is of one of the sender's groups.
func (t *turn) isGroup(ctx context.Context, name string) (bool, error) {
	groups, err := t.common(ctx)
	if name == "" {
		return false, err
	}
	return slices.ContainsFunc(groups, func(g store.Group) bool { return store.SameName(g.Name, name) }), err
}

func (t *turn) leave(ctx context.Context, g store.Group) error {
	switch {
	case t.in.Group && (t.group.Allowed || t.Settings.AnyGroup):
		t.say("bot.leave.room")
	case t.in.Group:
		t.react("👍") // no word where the operator does not let the bot in
	default:
		t.end()
		t.say("bot.leave.done", "group", groupName(g))
	}
	err := t.Store.Unshare(ctx, t.by(store.RoleMember), t.athlete.ID, g.ID, t.reply())
	if errors.Is(err, store.ErrNotFound) {
		t.done = false // somebody else was faster: the answer is still owed
		return nil
	}
	return err
}

func (t *turn) leaveStep(ctx context.Context, f string) (taken bool, err error) {
	shown, err := t.agreedIn(ctx)
	if err != nil {
		return true, err
	}
	groups := t.notes().numbered(shown)
	if g, ok := pick(groups, t.text, f); ok {
		return true, t.leave(ctx, g)
	}
	if _, number := choice(f); number && len(groups) > 0 {
		t.tell(t.loc.Say("bot.leave.which") + "\n" + t.list(groups))
		return true, nil
	}
	t.end()
	if isNo(f) {
		t.say("bot.cancelled")
		return true, nil
	}
	return false, nil
}
