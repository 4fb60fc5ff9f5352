package bot

import (
	"cmp"
	"context"

	"clubrun/bot/access"
	"clubrun/digest/render"
	"clubrun/store"
)

// runInvite hands an admin the group's invitation: the QR code of its link, and
// the link itself in words.
func runInvite(ctx context.Context, t *turn, _ []string) error {
	g, _, ok, err := t.ruled(ctx, access.SetGroup, "invite")
	if err != nil || !ok {
		return err
	}
	text := t.loc.Say("bot.invite", "group", groupName(g), "link", t.invitation(g))
	if !t.drawInvitation(ctx, g, text) {
		t.tell(text)
	}
	return nil
}

// invitation is the link that opens the direct chat with the bot, with what
// leads to a group typed in.
func (t *turn) invitation(g store.Group) string {
	if g.Invite == "" {
		return t.opens("/link")
	}
	return t.opens("/link " + g.Invite)
}

// drawInvitation owes the QR code of a group's invitation, with a text under
// it; it is false where there is none: without a number to write to.
func (t *turn) drawInvitation(ctx context.Context, g store.Group, text string) (drawn bool) {
	if t.number() == "" || g.Invite == "" {
		return false
	}
	link := t.invitation(g)
	card, err := render.InvitationPicture(render.Invitation{Group: g.Name, Link: link, Code: g.Invite}, t.loc)
	card.Caption = cmp.Or(text, link)
	before := len(t.owed)
	t.show(ctx, card, true, err)
	return len(t.owed) > before
}

// invited takes the code of an invitation out of what follows /link. Where
// there is one, the dialogue is about its group from now on, in the group's
// language where the sender chose none. Ok is false where the code is not of a
// group that the sender is in: what there is to say has been said.
func (t *turn) invited(ctx context.Context, args []string) (ok bool, err error) {
	code := ""
	for _, arg := range args {
		if c, is := store.ParseInvite(arg); is {
			code = c
		}
	}
	if code == "" {
		return true, nil
	}
	groups, err := t.common(ctx)
	if err != nil {
		return false, err
	}
	for _, g := range groups {
		if g.Invite != code {
			continue
		}
		shown, err := t.shownIn(ctx)
		if len(shown) == 0 {
			t.speakAsIn([]store.Group{g})
		}
		t.lured = g.ID
		return true, err
	}
	t.say("bot.invite.unknown", "code", code)
	return false, nil
}

// lure is the group whose invitation the sender came by, 0 for none.
func (t *turn) lure() int64 {
	if t.lured == 0 && (t.talk.Topic == topicLink || t.talk.Topic == topicShare) {
		t.lured = t.notes().Lure
	}
	return t.lured
}

// foremost puts the group whose invitation the sender came by before the
// others.
func (t *turn) foremost(groups []store.Group) []store.Group {
	return append(justThat(groups, t.lure()), without(groups, justThat(groups, t.lure()))...)
}
