package whatsapp

import (
	"clubrun/store"

	"go.mau.fi/whatsmeow/types"
)

// Direct returns the address of the direct chat with somebody who has written
// to the bot: people are addressed by their LID, or by their number where that
// is all that is known of them.
func Direct(user, phone string) store.Chat {
	if user == phone {
		return store.Chat(types.NewJID(phone, types.DefaultUserServer).String())
	}
	return store.Chat(types.NewJID(user, types.HiddenUserServer).String())
}
