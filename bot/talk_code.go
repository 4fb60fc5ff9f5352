package bot

import (
	"context"
	"strings"
	"time"

	"clubrun/store"
)

// challenge asks for the code that the source wants, and says where it went
// where the source tells.
func (t *turn) challenge(c store.Challenge) {
	n := t.notes()
	n.Anew = false
	t.awaitCode(c.Until, n)
	key := "bot.link.code." + c.Method
	if !t.loc.Has(key) {
		key = "bot.link.code.email"
	}
	if to := masked(c.Target); to != "" && t.loc.Has(key+".to") {
		t.say(key+".to", "target", to)
		return
	}
	t.say(key)
}

// awaitCode makes the dialogue wait for a code as long as the sign-in is held.
func (t *turn) awaitCode(until time.Time, n notes) {
	life := until.Sub(t.Now())
	if until.IsZero() {
		life = linkLife
	}
	t.await(topicLink, stepCode, life, n)
}

// masked is a masked address or number as it can be read in a chat, where a
// row of stars would make words bold.
func masked(target string) string {
	target = strings.TrimSpace(target)
	if len(target) > 80 || strings.ContainsAny(target, "_~`\n") {
		return ""
	}
	var b strings.Builder
	hidden := false
	for _, r := range target {
		star := r == '*' || r == '•' || r == '…'
		if star && !hidden {
			b.WriteRune('…')
		}
		if hidden = star; !star {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// waits says whether a sign-in of the sender waits for a code.
func (t *turn) waits() bool {
	_, waits := t.Accounts.Waiting(t.athlete.ID)
	return waits
}

// takeCode takes the code, or word that none came.
func (t *turn) takeCode(ctx context.Context) error {
	f := fold(t.text)
	digits, ok := code(t.text)
	n := t.notes()
	switch {
	case ok:
		return t.takeDigits(ctx, digits)
	case n.Anew && isYes(f):
		return t.anew()
	case n.Anew && isNo(f):
		n.Anew = false
		t.awaitCode(t.talk.Until, n)
		t.react("👍")
	case codeless(f):
		return t.resend(ctx)
	default:
		t.say("bot.link.code.form")
	}
	return nil
}

func (t *turn) takeDigits(ctx context.Context, digits string) error {
	in, err := t.Accounts.Answer(ctx, t.athlete.ID, digits)
	if err == nil {
		t.memory().setEmail(t.in.Sender, "")
	}
	return t.signed(ctx, in, err)
}

// runResend asks for another code, where one is awaited.
func runResend(ctx context.Context, t *turn, _ []string) error {
	switch {
	case t.talk.Topic != topicLink || t.talk.Step != stepCode:
		t.say("bot.resend.none")
	case t.expired():
		t.end()
		t.say("bot.timeout.link")
	default:
		return t.resend(ctx)
	}
	return nil
}

// resend has another code sent. Where the road cannot, another code takes
// another sign-in, which counts at Garmin: it is offered, and begins only on
// the member's word.
func (t *turn) resend(ctx context.Context) error {
	c, waits := t.Accounts.Waiting(t.athlete.ID)
	switch {
	case !waits:
		t.refused(ctx, &store.Refusal{Kind: store.RefusedExpired})
		return nil
	case t.notes().Anew:
		return t.anew()
	case c.Method == "totp":
		t.say("bot.resend.totp")
		return nil
	case c.Again.IsZero():
		return t.offerAnew(ctx, c)
	}
	in, err := t.Accounts.Resend(ctx, t.athlete.ID)
	r, refused := refusal(err)
	switch {
	case refused && r.Kind == store.RefusedSoon && !r.Until.IsZero():
		t.say("bot.refused.soon", "time", t.moment(r.Until))
	case refused && r.Kind == store.RefusedDown && t.waits():
		t.say("bot.resend.down")
	case refused:
		t.refused(ctx, r)
	case err != nil:
		return err
	case in.Challenge != nil:
		t.awaitCode(in.Challenge.Until, t.notes())
		if to := masked(in.Challenge.Target); to != "" {
			t.say("bot.resend.sent.to", "target", to)
			return nil
		}
		t.say("bot.resend.sent")
	}
	return nil
}

// offerAnew says that another code takes another sign-in, and how many there
// are left.
func (t *turn) offerAnew(ctx context.Context, c store.Challenge) error {
	left, wait, err := t.Accounts.SignInsLeft(ctx, t.athlete.ID)
	if err != nil {
		return err
	}
	if left == 0 {
		t.tell(paragraphs(t.loc.Say("bot.resend.used", "time", t.moment(wait.Until)), t.otherRoads()))
		return nil
	}
	n := t.notes()
	n.Anew = true
	t.awaitCode(c.Until, n)
	t.say("bot.resend.anew", "n", left)
	return nil
}

// anew asks for what another sign-in needs: the password, and the address too
// where it is not known any more.
func (t *turn) anew() error {
	n := t.notes()
	n.Anew = true
	_, known := t.memory().email(t.in.Sender)
	if n.Road != roadChat || !known {
		t.tell(t.ask(n.Road, n.Region))
		return nil
	}
	t.await(topicLink, stepPassword, linkLife, n)
	t.say("bot.resend.password")
	return nil
}

// codeless says whether a folded text, written while a code is awaited, says
// that none came or asks for another.
func codeless(s string) bool {
	s = strings.TrimLeft(trim(s), "/!.")
	if len(s) > 80 || digits(s) != "" {
		return false
	}
	for _, words := range codelessWords() {
		if strings.Contains(s, words) {
			return true
		}
	}
	return false
}

// codelessWords are folded, of all languages.
func codelessWords() []string {
	return []string{
		"resend", "new code", "code again", "another code", "other code", "no code", "new one", "send again", "send it again",
		"get a code", "get the code", "got no", "get it", "get anything", "get one", "received no", "not received", "nothing came", "nothing yet", "never came", "hasn't come", "didn't come", "did not come", "got it yet", "havent got", "haven't got", "havent received", "haven't received", "still waiting", "see any", "see it", "see one", "no mail", "no email", "no e-mail", "no sms", "no text", "still nothing", "not here yet", "expired", "timed out",
		"neuer code", "neuen code", "code noch", "noch einen code", "noch ein code", "kein code", "keinen code", "keinen bekommen", "keine bekommen", "keinen erhalten", "nichts erhalten", "nichts gekommen", "nichts bekommen", "nichts da", "kam nicht", "nicht gekommen", "nicht angekommen", "noch mal", "nochmal", "keine mail", "keine e-mail", "keine email", "keine sms", "kommt nix", "kommt nichts", "kam nix", "kam nichts", "nix da", "nix gekommen", "nix bekommen", "immer noch nichts", "immer noch nix", "abgelaufen",
		"nuevo codigo", "codigo nuevo", "otro codigo", "codigo otra vez", "otra vez", "ha caducado", "caducado", "expirou", "mandame otro", "mandame otro codigo", "enviame otro", "manda outro", "manda-me outro", "me manda outro", "reenvia", "no llega", "no me llega", "no ha llegado", "no me ha llegado", "no llego", "no me llego", "no recibi", "no he recibido", "sin codigo", "ningun codigo",
		"novo codigo", "codigo novo", "outro codigo", "codigo de novo", "outra vez", "de novo", "nao chegou", "nao chega", "nao recebi", "sem codigo", "nenhum codigo", "nada chegou",
		"nouveau code", "autre code", "renvoi", "renvoy", "pas de code", "pas recu", "rien recu", "aucun code", "encore un code", "code a nouveau", "rien n'est arrive", "rien n’est arrive", "pas arrive",
		"nuovo codice", "altro codice", "rinvia", "rimanda", "di nuovo", "non arriva", "non e arrivato", "non ho ricevuto", "nessun codice", "niente codice",
		"nieuwe code", "andere code", "nog een code", "code opnieuw", "opnieuw", "geen code", "niets ontvangen", "niet ontvangen", "niks ontvangen", "niks gekregen", "niet gekregen", "niet aangekomen",
	}
}
