package bot

import (
	"cmp"
	"context"
	"strings"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
	"clubrun/store/failpoint"
)

// The steps of a sign-in.
const (
	stepRoad     = "road"
	stepEmail    = "email"
	stepPassword = "password"
	stepCode     = "code"
	stepTicket   = "ticket"
	stepPage     = "page"
	stepWait     = "wait"    // Garmin is to be left alone: nothing is asked for
	stepReading  = "reading" // linked; the first sync and the question are to come
)

// The roads to an account.
const (
	roadPage   = "page"
	roadChat   = "chat"
	roadGarmin = "garmin"
	roadFiles  = "files" // without an account: all is handed in
)

const (
	garmin   = "garmin"        // the source
	readTime = 2 * time.Minute // for the first sync before the question is asked without its count
	backDays = 365             // of workouts that are told as read

	questionKey = 10 // answers before the question of stepReading have smaller numbers
)

// roads returns the roads that this server offers, the default first.
func (b *Bot) roads() []string {
	var all []string
	if b.Settings.PublicURL != "" {
		all = append(all, roadPage)
	}
	if b.Settings.Page != "" {
		all = append(all, roadGarmin)
	}
	if b.Settings.Passwords {
		all = append(all, roadChat)
	}
	return append(all, roadFiles)
}

// linkStep takes the answer to what the sign-in asked.
func (t *turn) linkStep(ctx context.Context) error {
	switch t.talk.Step {
	case stepCode, stepTicket, stepPage:
		if t.in.Attempts > 0 {
			return t.takenUp(ctx)
		}
	}
	switch t.talk.Step {
	case stepRoad:
		return t.takeRoad(ctx)
	case stepEmail:
		return t.takeEmail(ctx)
	case stepPassword:
		return t.takePassword(ctx, unnamed(t.text))
	case stepCode:
		return t.takeCode(ctx)
	case stepTicket:
		return t.takeTicket(ctx)
	case stepPage:
		return t.takePage(ctx)
	case stepReading:
		return t.read(ctx)
	}
	t.end()
	return nil
}

func (t *turn) takeRoad(ctx context.Context) error {
	roads, region := t.roads(), t.notes().Region
	f := trim(fold(t.text))
	road, there, wanted := roadOf(strings.Fields(strings.TrimLeft(f, "/")))
	if named, ok := roadCalled(f); ok {
		road, wanted = named, true
	}
	if n, ok := choice(f); ok && n <= len(roads) {
		road, wanted = roads[n-1], true
	}
	if isAnyRoad(f) && roads[0] != roadFiles {
		road, wanted = roads[0], true
	}
	if wanted && road == roadFiles {
		return t.linkByHand(ctx, nil)
	}
	if wanted && offers(roads, road) {
		if t.mustWait(ctx, road, cmp.Or(there, region)) {
			return nil
		}
		t.tell(t.ask(road, cmp.Or(there, region)))
		return nil
	}
	if isNo(f) {
		t.end()
		t.say("bot.cancelled")
		return nil
	}
	if _, ahead := email(t.text); ahead && offers(roads, roadChat) {
		t.ask(roadChat, region) // they answer what would be asked next
		return t.takeEmail(ctx)
	}
	if digits(f) == "" {
		t.tell(t.listRoads())
		return nil
	}
	t.say("bot.link.road.again", "n", len(roads))
	return nil
}

// isAnyRoad says whether a folded answer leaves the choice to the bot, or wants
// no password in the chat: the default does for both.
func isAnyRoad(s string) bool {
	switch uttered(s) {
	case "what do you recommend", "which do you recommend", "which one do you recommend", "recommend one", "which is the easiest", "whats the easiest", "what's the easiest", "which is easiest", "which one is easiest", "which one is best", "which is best", "was empfiehlst du", "welche empfiehlst du", "was ist am einfachsten", "was ist am sichersten", "was ist am besten", "was ist besser", "welche ist besser", "whatever", "any", "any of them", "you choose", "you decide", "don't care", "i don't care", "dont care", "i dont care", "no idea", "not sure", "i'm not sure", "the safe one", "the safest", "the safest one", "safest", "the easy one", "the easiest", "the easiest one", "easiest", "no password", "without password", "without a password", "not my password",
		"egal", "mir egal", "ist mir egal", "ganz egal", "keine ahnung", "weiss nicht", "weiß nicht", "such du aus", "das sichere", "das sicherste", "das sicherere", "das einfache", "das einfachste", "am einfachsten", "ohne passwort", "kein passwort", "lieber ohne passwort":
		return true
	}
	return false
}

// ask makes the dialogue wait for what a road needs first and returns the
// question.
func (t *turn) ask(road, region string) (question string) {
	t.memory().setEmail(t.in.Sender, "")
	n := notes{Road: road, Region: region}
	switch road {
	case roadPage:
		return t.askPage(region)
	case roadGarmin:
		t.await(topicLink, stepTicket, linkLife, n)
		return t.loc.Say("bot.link.ticket", "page", t.page(region))
	}
	t.await(topicLink, stepEmail, linkLife, n)
	return t.loc.Say("bot.link.email")
}

// page is where people of a region sign in at Garmin itself.
func (t *turn) page(region string) string {
	if region == "" {
		return t.Settings.Page
	}
	return t.Accounts.Page(region)
}

// linkAgain starts the road over, as what it had is gone.
func (t *turn) linkAgain(ctx context.Context, why string) {
	n := t.notes()
	if n.Road == "" {
		t.say(why + ".road")
		return
	}
	if wait := t.waitsFor(ctx, n.Road); wait != nil {
		t.say(why)
		t.sendAway(ctx, wait, n.Road, n.Region)
		return
	}
	t.tell(t.loc.Say(why) + "\n" + t.ask(n.Road, n.Region))
}

func (t *turn) takeEmail(ctx context.Context) error {
	if n := t.notes(); t.mustWait(ctx, n.Road, n.Region) {
		return nil
	}
	address, ok := email(t.text)
	if !ok {
		address, ok = email(strings.ReplaceAll(t.text, " @ ", "@"))
	}
	if !ok {
		address, ok = spelt(fold(t.text))
	}
	if !ok {
		t.say("bot.link.email.again")
		return nil
	}
	t.memory().setEmail(t.in.Sender, address)
	t.await(topicLink, stepPassword, linkLife, t.notes())
	if words := strings.Fields(t.text); len(words) == 2 && words[0] == address && !isThanks(fold(words[1])) && !polite(fold(words[1])) {
		return t.takePassword(ctx, words[1])
	}
	t.say("bot.link.password")
	return nil
}

func (t *turn) takePassword(ctx context.Context, password string) error {
	if t.in.Attempts > 0 {
		return t.takenUp(ctx)
	}
	address, ok := t.memory().email(t.in.Sender)
	if !ok {
		t.linkAgain(ctx, "bot.link.lost")
		return nil
	}
	if t.in.Document != nil || strings.TrimSpace(password) == "" {
		t.say("bot.link.password")
		return nil
	}
	if again, ok := email(password); ok && again == address && strings.TrimSpace(password) == address {
		t.say("bot.link.password") // sent twice, as after a restart
		return nil
	}
	if again, ok := email(password); ok && again != address && len(strings.Fields(password)) < 5 && likeAddress(again, address) {
		t.memory().setEmail(t.in.Sender, again) // a slip, mended
		t.say("bot.link.password")
		return nil
	}
	if digits, ok := code(password); ok && t.notes().Anew && len(password) < 10 && t.waits() {
		return t.takeDigits(ctx, digits) // the old code came after all
	}
	in, err := t.Accounts.BeginIn(ctx, t.notes().Region, t.athlete.ID, address, strings.Trim(password, " \n\t"))
	if in.Challenge == nil {
		t.memory().setEmail(t.in.Sender, "")
	}
	return t.signed(ctx, in, err)
}

// likeAddress says whether an e-mail address is one that was just told, mended:
// at the same place, or under the same name, or a few letters off. A password
// that looks like an address is none of these.
func likeAddress(a, b string) bool {
	name, place, _ := strings.Cut(strings.ToLower(a), "@")
	other, there, _ := strings.Cut(strings.ToLower(b), "@")
	return name == other || place == there || Distance(name+"@"+place, other+"@"+there, 3) <= 3
}

func (t *turn) takeTicket(ctx context.Context) error {
	if !strings.Contains(t.text, "ST-") {
		if !strings.Contains(t.text, "/") {
			t.say("bot.link.ticket.where")
			return nil
		}
		t.say("bot.link.ticket.form")
		return nil
	}
	in, err := t.Accounts.RedeemIn(ctx, t.notes().Region, t.athlete.ID, strings.TrimSpace(t.text))
	return t.signed(ctx, in, err)
}

// signed goes on from what the source said to a password, a code or a ticket.
func (t *turn) signed(ctx context.Context, in store.SignIn, err error) error {
	if ctx.Err() != nil {
		return ctx.Err() // we are being stopped: a refusal would be ours, not the source's
	}
	if r, ok := refusal(err); ok {
		t.refused(ctx, r)
		return nil
	}
	if err != nil {
		return err
	}
	if in.Challenge != nil {
		t.challenge(*in.Challenge)
		return nil
	}
	return t.link(ctx, in.Name, t.refused)
}

// takenUp goes on with a sign-in where the answer to a message could not be
// kept, so that the message is handled once more. Garmin is not given the same
// password, code or ticket again: each sign-in is begun by its member.
func (t *turn) takenUp(ctx context.Context) error {
	if c, waits := t.Accounts.Waiting(t.athlete.ID); waits {
		t.challenge(c)
		return nil
	}
	return t.link(ctx, t.athlete.Name, func(ctx context.Context, r *store.Refusal) {
		if r.Kind == store.RefusedExpired { // none is done either
			t.linkAgain(ctx, "bot.link.lost")
			return
		}
		t.refused(ctx, r)
	})
}

// link keeps the account of a sign-in that is done, and reads it.
func (t *turn) link(ctx context.Context, name string, refused func(context.Context, *store.Refusal)) error {
	t.await(topicLink, stepReading, shareLife, t.notes())
	if name = locale.Name(name); name == "" {
		name = locale.Name(t.athlete.Name)
	}
	t.say("bot.linked."+t.notes().Road, "name", name)
	failpoint.Hit(ctx, failpoint.LinkVerified)
	_, err := t.Accounts.Link(ctx, t.by(store.RoleMember), t.athlete.ID, t.part())
	if r, ok := refusal(err); ok {
		t.counted--
		refused(ctx, r)
		return nil
	}
	if err != nil {
		return err
	}
	failpoint.Hit(ctx, failpoint.LinkSaved)
	return t.read(ctx)
}

// moment tells a clock time in the person's zone, with its day where it is not
// today.
func (t *turn) moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(t.zone)
	if at.Second() > 0 || at.Nanosecond() > 0 {
		at = at.Truncate(time.Minute).Add(time.Minute) // never too early
	}
	clock := t.loc.Time(at)
	switch day := store.DayOf(at); day - store.DayOf(t.Now().In(t.zone)) {
	case 0:
		return clock
	case 1, 2, 3, 4, 5:
		return t.loc.WeekdayShort(at.Weekday()) + " " + clock
	default:
		return t.loc.NamedDay(day) + " " + clock
	}
}

// read reads the first twelve months, in silence, and asks for the yes.
func (t *turn) read(ctx context.Context) error {
	t.counted = questionKey // the same whether this turn or an earlier one said Linked
	deadline, stop := context.WithTimeout(ctx, readTime)
	defer stop()
	_, err := t.Sync.Sync(deadline, t.athlete.ID)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		t.logger(ctx).Warn().Err(err).Msg("first sync not finished")
	}
	return t.askShare(ctx, t.countRead(ctx, err))
}

// countRead tells how many workouts were read, and how many of them stay out.
func (t *turn) countRead(ctx context.Context, failed error) string {
	today := store.DayOf(t.Now().In(t.zone))
	all, err := t.Store.Activities(ctx, t.athlete.ID, store.Span{Start: today - backDays, End: today + 2})
	if err != nil || failed != nil && len(all) == 0 {
		return t.loc.Say("bot.read.later")
	}
	private := 0
	for _, a := range all {
		if a.Private {
			private++
		}
	}
	text := t.loc.Say("bot.read", "n", len(all))
	if private > 0 && t.athlete.Prefs.Private != store.PrivateTotals {
		text += " " + t.loc.Say("bot.read.private", "n", private)
	}
	return text
}
