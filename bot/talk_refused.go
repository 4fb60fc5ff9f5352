package bot

import (
	"context"

	"clubrun/store"
)

// refused tells why a source did not let somebody in and what to do about it,
// and ends the sign-in unless the same question can be answered again.
func (t *turn) refused(ctx context.Context, r *store.Refusal) {
	t.logger(ctx).Info().Str("kind", string(r.Kind)).Str("why", string(r.Why)).Err(r.Err).Msg("sign-in refused")
	n := t.notes()
	key := t.refusalKey(r, n)
	text := t.loc.Say(key, "n", r.Tries, "time", t.moment(r.Until), "operator", t.operator(), "page", t.page(n.Region))
	switch {
	case t.owesWord(r):
		text += " " + t.promise(ctx)
	case key == "bot.refused.down" || key == "bot.refused.all":
		text += " " + t.loc.Say("bot.refused.again")
	}
	if detour(r, n) {
		text += "\n" + t.otherRoads()
	}
	switch {
	case r.Kind == store.RefusedCode && r.Tries > 0:
		n.Anew = false
		t.awaitCode(r.Until, n)
	case r.Kind == store.RefusedTicket && r.Why == "":
		t.await(topicLink, t.talk.Step, linkLife, n)
	default:
		t.end()
	}
	t.tell(text)
}

// refusalKey returns the words for a refusal, the closest that there are.
func (t *turn) refusalKey(r *store.Refusal, n notes) string {
	key := "bot.refused." + string(r.Kind)
	switch {
	case r.Kind == store.RefusedCode && r.Tries <= 0:
		key = "bot.refused.expired"
	case r.Kind == store.RefusedCode && t.shownCode():
		key += ".totp"
	case r.Kind == store.RefusedPassword && t.memory().again("password "+t.in.Sender, dayLife):
		key += ".again"
	case r.Why == store.WhyRegion && n.Region == china:
		key = "bot.refused.region.cn"
	case r.Why != "":
		key = "bot.refused." + string(r.Why)
	case (r.Kind == store.RefusedRate || r.Kind == store.RefusedTries) && r.Until.IsZero():
		key += ".later"
	}
	if !t.loc.Has(key) {
		key = "bot.refused.down"
	}
	return key
}

// shownCode says whether an authenticator app shows the code that is waited
// for: nobody sends it.
func (t *turn) shownCode() bool {
	c, waits := t.Accounts.Waiting(t.athlete.ID)
	return waits && c.Method == "totp"
}

// detour says whether another road may lead where this one does not.
func detour(r *store.Refusal, n notes) bool {
	if n.Road == roadGarmin {
		return false
	}
	switch r.Kind {
	case store.RefusedRate, store.RefusedTries:
		return true
	}
	return r.Why == store.WhyWall || r.Why == store.WhyCaptcha || r.Why == store.WhyUnproved
}

// otherRoads names what leads to Garmin without a password given to the bot.
func (t *turn) otherRoads() string {
	if offers(t.roads(), roadGarmin) {
		return t.loc.Say("bot.detour.garmin")
	}
	return t.loc.Say("bot.detour.operator", "operator", t.operator())
}
