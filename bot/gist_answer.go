package bot

import (
	"context"
	"strings"
)

// answerGist answers a sentence of which only the gist is understood. It never does
// what cannot be undone: it tells, or asks.
func (t *turn) answerGist(ctx context.Context, topic string) error {
	if answer := t.faq(topic); answer != "" {
		t.tell(answer)
		return nil
	}
	switch topic {
	case gistBoard:
		return t.explainBoard(ctx)
	case gistBack:
		return t.cameBack(ctx)
	case gistStop:
		t.whatToStop()
		return nil
	case gistPause, "unlink":
		if topic == gistPause {
			topic = "pause"
		}
		t.guess(topic, topic)
		return nil
	case gistAsked, gistForgot:
		return runPrivacy(ctx, t, nil)
	case gistWhy:
		return runMe(ctx, t, []string{"why"})
	case gistSpeak:
		lang, _ := spokenOf(gistWords(fold(t.text)))
		return runLanguage(ctx, t, []string{lang})
	case gistJoin:
		linked, err := t.hasAccount(ctx)
		if err != nil {
			return err
		}
		if !linked {
			return runLink(ctx, t, nil)
		}
	}
	c, known := t.book().find(topic)
	if !known {
		return nil
	}
	role, err := t.role(ctx)
	if err != nil {
		return err
	}
	c, args := t.spanned(c, gistWords(fold(t.text)))
	return t.obey(ctx, c, args, role)
}

// spanned adds to a command about a period which one a sentence is about: "who won
// last month" asks for another than the running week.
func (t *turn) spanned(c Command, words []string) (Command, []string) {
	if c.Name != "week" && c.Name != "me" {
		return c, nil
	}
	unit, last := "week", false
	for _, word := range words {
		last = last || isLast(word)
		if name := t.book().name(word); periodic(name) {
			unit = name
		}
	}
	switch {
	case c.Name == "me" && last:
		return c, []string{"last", unit}
	case c.Name == "me" || unit == "week" && !last:
		return c, nil
	}
	if as, known := t.book().find(unit); known {
		c = as
	}
	if last {
		return c, []string{"last"}
	}
	return c, nil
}

// runStop ends the dialogue that is open, or asks what is to end.
func runStop(_ context.Context, t *turn, _ []string) error {
	if t.talk.Topic != "" && !t.expired() && t.talk.Step != stepReading {
		t.stopped()
		return nil
	}
	t.whatToStop()
	return nil
}

// whatToStop asks what of several things is to end, where there is any.
func (t *turn) whatToStop() {
	if !t.known() {
		t.say("bot.stop.nothing")
		return
	}
	t.say("bot.stop")
}

// hasAccount says whether the sender linked an account.
func (t *turn) hasAccount(ctx context.Context) (bool, error) {
	if !t.known() {
		return false, nil
	}
	_, err := t.Store.Account(ctx, t.athlete.ID, garmin)
	return err == nil, quiet(err)
}

// meanwhile answers what somebody asks in the middle of a sign-in, and asks
// once more for what it waits for. It is false where the text is an answer:
// where a password is awaited, all but plain sentences are.
func (t *turn) meanwhile(f string) (taken bool) {
	step := t.talk.Step
	if _, named := roadCalled(f); named && step == stepRoad {
		return false
	}
	if t.in.Document != nil || t.in.Attempts > 0 || step == stepPage || step == stepReading {
		return false
	}
	declines := isNo(f) && (step == stepEmail || step == stepTicket || step == stepPassword && (len(f) < 5 || strings.Contains(f, " ")))
	if declines {
		t.end()
		t.say("bot.cancelled")
		return true
	}
	if isWait(f) && step != stepCode {
		t.tell(paragraphs(t.loc.Say("bot.link.wait"), t.onceMore()))
		return true
	}
	topic := gist(f)
	if known := phrase(f); known != "" && known != "resend" {
		topic = known
	}
	if step == stepEmail && oneOf("which one|which one do you mean|which|welche|welche denn|welche meinst du|why|warum|wieso|wozu|porque|por que|para que|pra que|pourquoi|perche|waarom|el de garmin|la de garmin|o da garmin|o do garmin", plain(f)) {
		topic = gistAsked
	}
	if isForgotten(f) && (step == stepPassword || step == stepEmail) {
		topic = map[string]string{stepPassword: gistForgot, stepEmail: gistAsked}[step]
	}
	if step == stepPassword && topic != gistForgot && (digits(f) != "" || len(strings.Fields(f)) < 3) {
		return false
	}
	answer := t.aboutSigningIn(topic, step)
	if answer == "" {
		return false
	}
	if topic == gistStop || topic == gistOther && step != stepRoad {
		t.end()
		t.tell(answer)
		return true
	}
	t.tell(paragraphs(answer, t.onceMore()))
	return true
}

// aboutSigningIn returns what there is to say on a topic in the middle of a
// sign-in, or "".
func (t *turn) aboutSigningIn(topic, step string) string {
	switch {
	case topic == "privacy", topic == gistSee && step == stepPassword:
		return t.privacy(false)
	case t.faq(topic) != "" && topic != gistTyped:
		return t.faq(topic)
	case topic == gistStop:
		return t.loc.Say("bot.cancelled")
	case topic == gistForgot && (step == stepPassword || step == stepEmail):
		return t.loc.Say("bot.link.forgot")
	case topic == gistAsked && (step == stepPassword || step == stepEmail), topic == "help" && step == stepEmail:
		return t.loc.Say("bot.link.email.why")
	}
	return ""
}

// onceMore asks for what the sign-in waits for, in the words of its step.
func (t *turn) onceMore() string {
	switch t.talk.Step {
	case stepRoad:
		return t.listRoads()
	case stepEmail:
		return t.loc.Say("bot.link.email")
	case stepPassword:
		return t.loc.Say("bot.link.password")
	case stepTicket:
		return t.loc.Say("bot.link.ticket.where")
	}
	return t.loc.Say("bot.link.code.form")
}
