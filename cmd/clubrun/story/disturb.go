package story

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/garmin/decode"
	"clubrun/garmin/encode"
	"clubrun/garmin/garmintest"
)

func (p *Player) disturbGarmin(a Action) error {
	email := ""
	if a.Who != "all" {
		who, err := p.find(a.Who)
		if err != nil {
			return err
		}
		email = who.Email
	}
	if a.Text == "upload" {
		if a.Rest == "" {
			return errors.New("garmin: upload needs a file, as in garmin ben: upload run.fit")
		}
		data, err := p.file(a.Rest)
		if err != nil {
			return err
		}
		return p.upload(email, a.Rest, data)
	}
	if err := p.garmin.Disturb(email, a.Text, a.Rest); err != nil {
		return fmt.Errorf("garmin cannot be disturbed by %q: %s", a.Text, strings.TrimPrefix(err.Error(), "garmintest: "))
	}
	return nil
}

// upload adds a file of any format to somebody's Garmin: what the simulation
// does not read by itself is read for it, and downloads give the file back as
// it came.
func (p *Player) upload(email, name string, data []byte) error {
	err := p.garmin.Upload(email, data)
	if !errors.Is(err, garmintest.ErrUnread) {
		return err
	}
	rec, fault := decode.File(name, data)
	if len(rec.Sessions) == 0 {
		return fmt.Errorf("upload %s: %w", name, errors.Join(fault, err))
	}
	var told bytes.Buffer
	if err := encode.FIT(&told, rec); err != nil {
		return fmt.Errorf("upload %s: %w", name, err)
	}
	return p.garmin.UploadAs(email, data, told.Bytes())
}

// tempBanReason is WhatsApp's code for having written to too many strangers.
const tempBanReason = 101

func (p *Player) disturbWhatsApp(ctx context.Context, a Action) error {
	f := whatsapptest.Fault{}
	switch a.Text {
	case "ok":
		f.Kind = whatsapptest.OK
		p.calling = true
	case "drop":
		f.Kind = whatsapptest.Outage
	case "silent":
		f.Kind = whatsapptest.Silent
	case "lose-ack":
		f.Kind = whatsapptest.LoseAck
	case "463":
		f.Kind, f.Code = whatsapptest.AckError, 463
	case "429":
		f.Kind, f.Code = whatsapptest.AckError, 429
	case "logout":
		f.Kind = whatsapptest.Logout
	case "replaced":
		f.Kind = whatsapptest.Replaced
	case "ban":
		span, err := parseSpan(a.Rest)
		if err != nil {
			return fmt.Errorf("whatsapp: ban: %w", err)
		}
		f.Kind, f.Code, f.For = whatsapptest.Failure, 402, span
		f.Ban = tempBanReason
	case "pair":
		return p.scan(ctx)
	default:
		return fmt.Errorf("whatsapp cannot be disturbed by %q, only by drop, silent, lose-ack, 463, 429, logout, ban 1h, replaced; ok ends it", a.Text)
	}
	return p.whatsapp.Disturb(p.bot, f)
}
