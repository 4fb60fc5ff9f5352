package operate_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot"
	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/house"
	"clubrun/cmd/clubrun/operate"
	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
)

// seat is a terminal with somebody who types what is laid out for them. It
// shows questions as a terminal does, and hides what is hidden.
type seat struct {
	bytes.Buffer
	types []func() string
	files map[string][]byte
	given bool
}

func (s *seat) File(string, []byte) error { return nil }

func (s *seat) Ask(_ context.Context, question string, hidden bool) (string, error) {
	if len(s.types) == 0 {
		return "", control.ErrNobody
	}
	text := s.types[0]()
	s.types = s.types[1:]
	shown := text
	if hidden {
		shown = ""
	}
	if strings.HasPrefix(question, "Code") && len(text) == 6 {
		shown = "######"
	}
	s.WriteString("? " + question + " " + shown + "\n")
	return text, nil
}

func (s *seat) Give(_ context.Context, name string) (control.Given, error) {
	data, ok := s.files[name]
	if !ok || s.given {
		return control.Given{}, io.EOF
	}
	s.given = true
	return control.Given{Name: name, Data: data}, nil
}

// office is a desk over a simulated Garmin, with Ana, who has written to the
// bot and not linked.
type office struct {
	*garmintest.Server
	desk *operate.Desk
	ana  store.Athlete
	now  func() time.Time
}

func inOffice(t *testing.T, f func(t *testing.T, o *office)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		shift := time.Date(2026, time.September, 9, 11, 0, 0, 0, time.UTC).Sub(time.Now())
		now := func() time.Time { return time.Now().Add(shift) }
		s, err := garmintest.New(garmintest.Options{Seed: 1, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), now)
		keeper := &account.Keeper{Garmin: &garmin.Client{Transport: s.Transport(), Now: now}, Store: db, Now: now, Log: zerolog.Nop()}
		settings := house.Defaults()
		settings.Zone = "Europe/Lisbon"
		host := &bot.Bot{Store: db, Now: now, Settings: bot.Settings{Language: "en", Operator: "Olga"}, Log: zerolog.Nop(),
			Direct: func(user, _ string) store.Chat { return store.Chat(user + "@lid") }}
		o := &office{Server: s, now: now, ana: storetest.Athlete(t, db, "Ana")}
		o.desk = &operate.Desk{DB: db, House: &house.House{Settings: settings, DB: db, Accounts: keeper, Bot: host}, Now: now, Zone: "Europe/Lisbon"}
		err = s.Add(garmintest.Member{Name: "Ana Sousa", Email: "ana@example.org", Password: "ana-pass-1", MFA: garmintest.MFAEmail})
		if err != nil {
			t.Fatal(err)
		}
		f(t, o)
	})
}

// run runs a command line for somebody who types, and returns what they see.
func (o *office) run(t *testing.T, s *seat, line string) string {
	t.Helper()
	out := o.desk.Handle(t.Context(), strings.Fields(line), s)
	if out.Code != 0 {
		s.WriteString("clubrun: " + out.Error + "\n")
		if out.Hint != "" {
			s.WriteString("clubrun: hint: " + out.Hint + "\n")
		}
	}
	return s.String()
}

func typing(words ...string) (all []func() string) {
	for _, w := range words {
		all = append(all, func() string { return w })
	}
	return all
}

func (o *office) code() string {
	code, _ := o.Code("ana@example.org")
	return code
}

func TestTheOperatorLinksAMemberAndSharesNothing(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		s := &seat{types: append(typing("ana@example.org", "ana-pass-1", "000000"), o.code, func() string { return "yes" })}
		got := o.run(t, s, "link --member Ana")
		want := `? E-mail of the Garmin account of Ana: ana@example.org
? Password (it is not shown, goes to Garmin once and is not kept): 
? Code by e-mail to an*****@example.org (or: new): ######
That code is wrong; 2 tries are left.
? Code by e-mail to an*****@example.org (or: new): ######
Ana is linked to the Garmin account of Ana Sousa.
? Has Ana agreed that the original activity files, with tracks, are kept here? [yes/no] yes
The activity files of Ana are kept from now on.
Ana is shown in no group by that: linking is not sharing. It takes Ana's own yes, with /join in a direct message to the bot.
clubrun sync --member 1 reads the activities now.
`
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		a, err := o.desk.DB.Athlete(t.Context(), o.ana.ID)
		memberships, err2 := o.desk.DB.MembershipsOf(t.Context(), o.ana.ID)
		if err != nil || err2 != nil || !a.Prefs.Files || len(memberships) != 0 {
			t.Errorf("%+v %v %v %v", a.Prefs, memberships, err, err2)
		}
		entries, err := o.desk.DB.Audited(t.Context(), 10)
		var done []string
		for _, e := range entries {
			done = append(done, string(e.Actor.Role)+" "+e.Action+" "+e.Subject)
			if strings.Contains(e.Detail, "@") || strings.Contains(e.Detail, "pass") {
				t.Errorf("%+v", e)
			}
		}
		if diff := cmp.Diff([]string{"operator athlete.prefs athlete 1", "operator account.link athlete 1"}, done); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

func TestATokenFileLinksWithoutAnybodyToAsk(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		ticket, err := o.Ticket("ana@example.org")
		if err != nil {
			t.Fatal(err)
		}
		tokens, _, err := o.desk.House.Accounts.Garmin.Redeem(t.Context(), ticket)
		if err != nil {
			t.Fatal(err)
		}
		file, err := garmin.ExportTokens(tokens)
		if err != nil {
			t.Fatal(err)
		}
		got := o.run(t, &seat{files: map[string][]byte{"garmin_tokens.json": file}}, "link --member Ana --tokens garmin_tokens.json")
		want := `Ana is linked to the Garmin account of Ana Sousa.
The activity files of Ana are not kept: /files on in a direct message to the bot changes that.
Ana is shown in no group by that: linking is not sharing. It takes Ana's own yes, with /join in a direct message to the bot.
clubrun sync --member 1 reads the activities now.
`
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		storetest.Athlete(t, o.desk.DB, "Ben")
		for line, files := range map[string]map[string][]byte{
			"link --member Ben --tokens garmin_tokens.json": {"garmin_tokens.json": file},
			"link --member Ben --tokens none.json":          nil,
			"link --member Ben --tokens x.json":             {"x.json": []byte(`{"di_token":"a"}`)},
		} {
			got := o.run(t, &seat{files: files}, line)
			if strings.Contains(got, "is linked to the Garmin account of") || !strings.Contains(got, "clubrun: hint: ") {
				t.Errorf("%s\n%s", line, got)
			}
		}
		if _, err := o.desk.DB.Account(t.Context(), 2, "garmin"); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestARefusedLinkSaysWhatToDo(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		for _, c := range []struct{ trouble, want string }{
			{"captcha", "settled first: a captcha"}, {"unopened", "no profile yet"}, {"429", "hint: try again from 2026-09-09 "},
		} {
			if err := o.Disturb("ana@example.org", c.trouble, ""); err != nil {
				t.Fatal(err)
			}
			got := o.run(t, &seat{types: append(typing("ana@example.org", "ana-pass-1"), o.code)}, "link --member Ana")
			if !strings.Contains(got, c.want) || strings.Contains(got, "ana-pass-1") {
				t.Errorf("%s:\n%s", c.trouble, got)
			}
			if err := o.Disturb("ana@example.org", "ok", ""); err != nil {
				t.Fatal(err)
			}
		}
		if got := o.run(t, &seat{}, "link --member Ana"); !strings.Contains(got, "there is no terminal to ask on") || !strings.Contains(got, "--tokens") {
			t.Error(got)
		}
		if got := o.run(t, &seat{}, "link --member Zoe"); !strings.Contains(got, "nobody called") {
			t.Error(got)
		}
		if got := o.run(t, &seat{}, "link"); !strings.Contains(got, "link needs --member") {
			t.Error(got)
		}
	})
}

// The member hears of it, in the same transaction, and how to end it.
func TestTheMemberIsToldOfTheOperatorsLink(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.run(t, &seat{types: append(typing("ana@example.org", "ana-pass-1"), o.code)}, "link --member Ana")
		owed, err := o.desk.DB.Claim(t.Context(), o.now(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Hi Ana!", "has just been linked here, by *Olga*", "*Ana Sousa*", "/join", "/unlink", "/delete"} {
			if !strings.Contains(owed.Text, want) {
				t.Errorf("not told %s: %s", want, owed.Text)
			}
		}
		if more, err := o.desk.DB.Claim(t.Context(), o.now(), nil); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("and: %s, %v", more.Text, err)
		}
	})
}

func TestAWrongPasswordIsTriedOnce(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		got := o.run(t, &seat{types: typing("ana@example.org", "wrong", "ana-pass-1")}, "link --member Ana")
		if !strings.Contains(got, "the e-mail or the password is wrong") || o.Logins("ana@example.org") > 1 {
			t.Errorf("%d sign-ins\n%s", o.Logins("ana@example.org"), got)
		}
	})
}
