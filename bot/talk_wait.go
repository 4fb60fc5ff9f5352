package bot

import (
	"context"

	"clubrun/store"
)

// Who must leave Garmin alone for a while hears until when before being asked
// for anything. Nothing is asked for then, but the chat stays one in which
// secrets may come, for who types them all the same.

// waitsFor returns what a sign-in by a road that takes a password would be
// refused with now, without asking Garmin; nil where it would not. Where it
// cannot be told it is left to the sign-in itself.
func (t *turn) waitsFor(ctx context.Context, road string) *store.Refusal {
	if road != roadChat && road != roadPage {
		return nil
	}
	if _, wait, err := t.Accounts.SignInsLeft(ctx, t.athlete.ID); err == nil {
		return wait
	}
	return nil
}

// mustWait sends somebody away who would be sent away after having typed a
// password. It is false for who need not wait.
func (t *turn) mustWait(ctx context.Context, road, region string) bool {
	wait := t.waitsFor(ctx, road)
	if wait == nil {
		return false
	}
	t.sendAway(ctx, wait, road, region)
	return true
}

// sendAway says until when to wait.
func (t *turn) sendAway(ctx context.Context, wait *store.Refusal, road, region string) {
	n := notes{Road: road, Region: region}
	t.await(topicLink, stepWait, linkLife, n) // the words are those of this road
	t.refused(ctx, wait)
	if road == roadChat {
		t.await(topicLink, stepWait, linkLife, n)
	}
}

// waitStep takes what is written after that: an address begins the sign-in once
// it may, what is plainly something else is answered as ever, and all else is
// told once more until when.
func (t *turn) waitStep(ctx context.Context, f string) (taken bool, err error) {
	n := t.notes()
	_, typed := email(t.text)
	switch {
	case typed:
		t.ask(n.Road, n.Region)
		return true, t.takeEmail(ctx) // which sends away who must wait
	case isThanks(f), t.speaksOfElse(f):
		return false, nil
	case isNo(f):
		t.stopped()
		return true, nil
	case isYes(f), isWait(f):
		t.react("👍")
		return true, nil
	}
	return t.mustWait(ctx, n.Road, n.Region), nil
}

// speaksOfElse says whether a folded text is plainly a question or a command,
// none that holds a word of one's own, and not about how long it takes.
func (t *turn) speaksOfElse(f string) bool {
	for _, word := range gistWords(f) {
		if oneOf("wait*|again|retry|when|long|wart*|wann|wieder|nochmal|lang*|esper*|cuando|cuanto|otra|quando|quanto|outra|attend*|quand|combien|longtemps|aspett*|ancora|wacht*|wanneer|opnieuw|weer", word) {
			return false
		}
	}
	r := t.book().Parse(t.text)
	return r.Command != "" && len(r.Args) == 0 || phrase(f) != "" || gist(f) != ""
}
