package render

import (
	"fmt"

	"clubrun/charts"
	"clubrun/digest/locale"
)

// Invitation is what leads somebody to a group of the bot.
type Invitation struct {
	Group string // its name
	Link  string // that opens the chat with the bot with a command typed in
	Code  string // of the group, for who types
}

// InvitationPicture draws the QR code of an invitation. Its caption is the
// link, for whoever reads it on the phone that would have to scan it.
func InvitationPicture(v Invitation, l *locale.Locale) (Card, error) {
	name := locale.Plain(v.Group)
	picture, err := charts.Invitation{
		Eyebrow: l.Say("card.invite"), Name: name, Link: "https://" + v.Link, Scan: l.Say("card.invite.scan"),
		Code: l.Say("card.invite.code", "code", v.Code), Note: l.Say("card.invite.note"),
		Alt: l.Say("card.alt.invite", "group", name, "link", v.Link),
	}.Draw()
	if err != nil {
		return Card{}, fmt.Errorf("draw invitation: %w", err)
	}
	return Card{Picture: picture, Caption: v.Link}, nil
}
