package whatsapp_test

import (
	"bytes"
	"testing"
	"testing/synctest"

	"clubrun/store"
)

func TestDocumentArrivesAsItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		archive := bytes.Repeat([]byte("PK and so on "), 100_000)
		o := store.Outgoing{
			Key: "re:EXPORT:1", Chat: store.Chat(w.ana.Account().LID().String()), Kind: store.KindDocument, Text: "All of it.",
			Media: &store.Media{Mime: "application/zip", Name: "export.zip", Data: archive},
		}
		o.Message = c.MessageID(o.Key)
		if _, err := c.Send(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		got, ok := w.ana.Received(o.Message)
		if !ok || got.Kind != "document" || got.Text != "All of it." || got.FileName != "export.zip" {
			t.Errorf("received %v %+v", ok, got)
		}
		data, err := w.ana.Download(t.Context(), o.Message)
		if err != nil || !bytes.Equal(data, archive) {
			t.Errorf("downloaded %d bytes, %v", len(data), err)
		}
	})
}
