package operate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/house"
	"clubrun/store"
)

// linkMember links a member's account from the operator's terminal. It shows
// the member in no group: that is the member's own yes.
func linkMember(ctx context.Context, d *Desk, c *Call) error {
	if d.House == nil {
		return Nobody("the data folder")
	}
	a, err := d.findMember(ctx, strings.Join(named(c.member, c.args), " "))
	if err != nil {
		return err
	}
	l := linking{d: d, c: c, who: a}
	in, err := l.signIn(ctx)
	if err != nil {
		d.House.Accounts.Forget(a.ID)
		return l.refused(err)
	}
	word, err := d.House.Bot.LinkedBy(ctx, a.ID, in.Name)
	if err == nil {
		_, err = d.House.Accounts.Link(ctx, operator, a.ID, word)
	}
	if err != nil {
		return l.refused(err)
	}
	if _, err := fmt.Fprintf(c.out, "%s is linked to the Garmin account of %s.\n", plain(a.Name), plain(either(in.Name, "somebody without a name"))); err != nil {
		return err
	}
	return errors.Join(l.files(ctx), l.told(ctx))
}

// linking is one link while it goes on.
type linking struct {
	d   *Desk
	c   *Call
	who store.Athlete
}

func (l linking) signIn(ctx context.Context) (store.SignIn, error) {
	if l.c.tokens != "" {
		return l.byTokens(ctx)
	}
	email, err := l.ask(ctx, fmt.Sprintf("E-mail of the Garmin account of %s:", plain(l.who.Name)), false)
	if err != nil {
		return store.SignIn{}, err
	}
	password, err := l.ask(ctx, "Password (it is not shown, goes to Garmin once and is not kept):", true)
	if err != nil {
		return store.SignIn{}, err
	}
	region := ""
	if l.c.china {
		region = "cn"
	}
	in, err := l.d.House.Accounts.BeginIn(ctx, region, l.who.ID, email, password)
	for err == nil && in.Challenge != nil {
		in, err = l.code(ctx, in)
	}
	return in, err
}

// byTokens signs in by a token file.
func (l linking) byTokens(ctx context.Context) (store.SignIn, error) {
	f, err := control.Give(ctx, l.c.out, l.c.tokens)
	if err != nil && !errors.Is(err, io.EOF) {
		return store.SignIn{}, err
	}
	if f.Reason != "" || len(f.Data) == 0 {
		return store.SignIn{}, failure("it is the garmin_tokens.json of python-garminconnect", "%s: %s", l.c.tokens, either(f.Reason, "the file is empty"))
	}
	return l.d.House.Accounts.Import(ctx, l.who.ID, f.Data)
}

// code asks for a code once. A wrong one leaves the sign-in open.
func (l linking) code(ctx context.Context, in store.SignIn) (store.SignIn, error) {
	from := map[string]string{"email": "by e-mail", "sms": "by SMS", "totp": "that the authenticator app shows"}[in.Challenge.Method]
	if in.Challenge.Target != "" {
		from += " to " + plain(in.Challenge.Target)
	}
	text, err := l.ask(ctx, fmt.Sprintf("Code %s (or: new):", either(from, "from Garmin")), false)
	if err != nil {
		return in, err
	}
	var next store.SignIn
	say := ""
	if strings.EqualFold(text, "new") {
		next, err = l.d.House.Accounts.Resend(ctx, l.who.ID)
		say = "Garmin sends another code."
	} else {
		next, err = l.d.House.Accounts.Answer(ctx, l.who.ID, text)
	}
	var r *store.Refusal
	if errors.As(err, &r) {
		switch {
		case r.Kind == store.RefusedCode:
			next, err, say = in, nil, fmt.Sprintf("That code is wrong; %s left.", count(r.Tries, "try is", "tries are"))
		case r.Kind == store.RefusedSoon && r.Until.IsZero():
			next, err, say = in, nil, "Garmin sends no other code in this sign-in."
		case r.Kind == store.RefusedSoon:
			next, err, say = in, nil, "Another code can be had from "+l.d.clock(r.Until)+" on."
		}
	}
	if err == nil && say != "" {
		_, err = fmt.Fprintln(l.c.out, say)
	}
	return next, err
}

func (l linking) ask(ctx context.Context, question string, hidden bool) (string, error) {
	for range 3 {
		text, err := control.Ask(ctx, l.c.out, question, hidden)
		if errors.Is(err, control.ErrNobody) {
			return "", failure("run it in a terminal (docker exec -it …), or give a token file with --tokens", "%w", err)
		}
		if text != "" || err != nil {
			return text, err
		}
	}
	return "", failure("", "nothing was typed")
}

// files asks whether the member's activity files are kept, which is a yes of
// its own.
func (l linking) files(ctx context.Context) error {
	if l.d.House.Settings.KeepFiles == house.FilesNone || l.who.Prefs.Files {
		return nil
	}
	name := plain(l.who.Name)
	answer, err := control.Ask(ctx, l.c.out, fmt.Sprintf("Has %s agreed that the original activity files, with tracks, are kept here? [yes/no]", name), false)
	if errors.Is(err, control.ErrNobody) || err == nil && !strings.EqualFold(answer, "yes") {
		_, err = fmt.Fprintf(l.c.out, "The activity files of %s are not kept: /files on in a direct message to the bot changes that.\n", name)
		return err
	}
	if err != nil {
		return err
	}
	now, err := l.d.DB.Athlete(ctx, l.who.ID)
	if err != nil {
		return err
	}
	now.Prefs.Files = true
	if err := l.d.DB.SetPrefs(ctx, operator, l.who.ID, now.Prefs, store.Reply{}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(l.c.out, "The activity files of %s are kept from now on.\n", name)
	return err
}

// told says where the member is shown.
func (l linking) told(ctx context.Context) error {
	people, err := l.d.people(ctx)
	if err != nil {
		return err
	}
	name := plain(l.who.Name)
	text := fmt.Sprintf("%s is shown in no group by that: linking is not sharing. It takes %s's own yes, with /join in a direct message to the bot.\n", name, name)
	for _, p := range people {
		if p.ID == l.who.ID && len(p.groups) > 0 {
			text = fmt.Sprintf("%s is shown in: %s, as agreed before.\n", name, plain(strings.Join(p.groups, ", ")))
		}
	}
	_, err = fmt.Fprintf(l.c.out, "%sclubrun sync --member %d reads the activities now.\n", text, l.who.ID)
	return err
}

// wanted says what Garmin wants of the member first.
func (l linking) wanted(why store.Why) error {
	what, ok := map[store.Why]string{
		store.WhyLocked: "the account is locked", store.WhyCaptcha: "a captcha, to see a person", store.WhyPhone: "a telephone number",
		store.WhyProfile: "the account has never been opened: it has no profile yet",
	}[why]
	if !ok {
		what = "a captcha, an unlocked account or new terms"
	}
	return failure("sign in once at connect.garmin.com with a browser, then run the command again", "Garmin wants something settled first: %s", what)
}

// refused says what a refusal means, and what to do.
func (l linking) refused(err error) error {
	var r *store.Refusal
	if !errors.As(err, &r) {
		return err
	}
	again := "try again later"
	if !r.Until.IsZero() {
		again = "try again from " + l.d.clock(r.Until) + " on"
	}
	switch r.Kind {
	case store.RefusedPassword:
		return failure("try again, but not often: Garmin locks an account after several wrong passwords", "Garmin says that the e-mail or the password is wrong")
	case store.RefusedTries:
		return failure(again, "too many codes or sign-ins")
	case store.RefusedRate:
		return failure(again, "Garmin limits sign-ins at present")
	case store.RefusedExpired:
		return failure("run the command again", "the sign-in is too old")
	case store.RefusedInteraction:
		return l.wanted(r.Why)
	case store.RefusedTaken:
		return failure("that member writes /unlink to the bot first; clubrun unlink is for one who cannot", "this Garmin account is linked to another member")
	case store.RefusedTicket:
		if l.c.tokens != "" {
			return failure("sign in anew with python-garminconnect and give a copy of its garmin_tokens.json that nobody else uses", "%s: the tokens are none, or do not work any more", l.c.tokens)
		}
		return failure("--china is for accounts at garmin.cn", "Garmin does not take this sign-in")
	}
	switch r.Why {
	case store.WhyWall:
		return failure("sign in on another computer with python-garminconnect and give its garmin_tokens.json with --tokens: tokens work from here", "Garmin turns sign-ins from this address away")
	case store.WhyUnproved:
		return failure("try again tomorrow", "Garmin let the member in, and then did not accept its own tokens; nothing is linked")
	}
	return failure(again, "Garmin does not answer as it should")
}
