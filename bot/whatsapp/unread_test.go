package whatsapp_test

import (
	"testing"
	"testing/synctest"

	"clubrun/store"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// A voice note or a picture alone is answered in private, where somebody may
// be lost; a sticker asks for nothing, and what is forwarded was written for
// somebody else.
func TestWhatNobodyCanReadIsToldApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		forwarded := &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
			Text: proto.String("/week"), ContextInfo: &waE2E.ContextInfo{IsForwarded: proto.Bool(true), ForwardingScore: proto.Uint32(1)},
		}}
		voice := &waE2E.Message{AudioMessage: &waE2E.AudioMessage{PTT: proto.Bool(true), Mimetype: proto.String("audio/ogg")}}
		picture := &waE2E.Message{ImageMessage: &waE2E.ImageMessage{Caption: proto.String("/week"), Mimetype: proto.String("image/jpeg")}}
		sticker := &waE2E.Message{StickerMessage: &waE2E.StickerMessage{Mimetype: proto.String("image/webp")}}
		number, err := types.ParseJID(c.Number() + "@s.whatsapp.net")
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range []types.JID{number, w.group.JID()} {
			for _, m := range []*waE2E.Message{forwarded, voice, picture, sticker} {
				if _, err := w.ana.Send(t.Context(), to, m); err != nil {
					t.Fatal(err)
				}
			}
		}
		w.settle()
		var got []string
		for _, row := range w.unanswered() {
			if row.Group {
				t.Errorf("from the group: %+v", row)
			}
			got = append(got, row.Text)
		}
		if len(got) != 2 || got[0] != store.VoiceNote || got[1] != store.PictureAlone {
			t.Errorf("rows %q", got)
		}
	})
}
