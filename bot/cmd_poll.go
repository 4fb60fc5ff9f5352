package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"clubrun/bot/access"
	"clubrun/store"
)

const (
	topicPoll = "poll" // the yes to what a group chose

	pollLife  = 24 * time.Hour
	pollWaits = 7 * 24 * time.Hour // for somebody who can be told how it went
)

// Polls keeps what groups are asked.
type Polls interface {
	AskPoll(ctx context.Context, by store.Actor, p store.Poll, r store.Reply) error
	Polls(ctx context.Context) ([]store.Poll, error)
	Votes(ctx context.Context, poll int64) ([]store.Vote, error)
	EndPoll(ctx context.Context, by store.Actor, p store.Poll, r store.Reply) error
}

func isPoll(word string) bool {
	switch word {
	case "poll", "vote", "umfrage", "abstimmung", "encuesta", "votacion", "sondagem", "enquete", "votacao", "sondage", "sondaggio", "votazione", "peiling", "stemming":
		return true
	}
	return false
}

func isEnd(word string) bool {
	switch word {
	case "end", "ende", "beenden", "fin", "terminar", "fim", "finir", "terminer", "fine", "termina", "einde", "stop":
		return true
	}
	return isOff(word)
}

// poll asks a group what it should rank by, or ends such a poll early.
func (t *turn) poll(ctx context.Context, g store.Group, role store.Role, args []string) error {
	open, running, err := t.openPoll(ctx, g)
	switch {
	case err != nil:
		return err
	case len(args) == 1 && isEnd(args[0]) && !running:
		t.say("bot.poll.none")
		return nil
	case len(args) == 1 && isEnd(args[0]):
		return t.endPoll(ctx, g, open)
	case len(args) > 0:
		t.say("bot.metric.unknown")
		return nil
	case running:
		t.say("bot.poll.open", "time", t.moment(open.Until))
		return nil
	}
	p := store.Poll{Group: g.ID, Asked: t.in.Sender, Key: fmt.Sprintf("poll:%d:%s", g.ID, t.in.Message), Until: t.Now().Add(pollLife)}
	l := t.Words.For(g.Language, g.Units)
	lines := []string{l.Say("bot.poll.ask")}
	for _, m := range store.AllMetrics() {
		lines = append(lines, l.Say("bot.metric."+string(m)))
	}
	o := t.outgoing(store.KindPoll, strings.Join(lines, "\n"))
	o.Key, o.Chat, o.Expires = p.Key, g.Chat, t.Now().Add(roomLife)
	t.owed = append(t.owed, o)
	switch {
	case !t.in.Group:
		t.say("bot.poll.asked", "group", groupName(g))
	case t.known() && t.Direct != nil:
		t.write(t.loc.Say("bot.poll.asked", "group", groupName(g)))
	default: // nobody is written to who has not written before: /metric poll end tells
		t.say("bot.poll.open", "time", t.moment(p.Until))
	}
	return t.Store.AskPoll(ctx, t.by(role), p, t.reply())
}

// openPoll is the poll that runs in a group.
func (t *turn) openPoll(ctx context.Context, g store.Group) (p store.Poll, running bool, err error) {
	all, err := t.Store.Polls(ctx)
	if err != nil {
		return p, false, fmt.Errorf("polls: %w", err)
	}
	for _, p := range all {
		if p.Group == g.ID && p.State == store.PollOpen && t.Now().Before(p.Until.Add(pollWaits)) {
			return p, true, nil
		}
	}
	return p, false, nil
}

// endPoll ends a poll on an admin's word, who is told how it went.
func (t *turn) endPoll(ctx context.Context, g store.Group, p store.Poll) error {
	if t.in.Group && (!t.known() || t.Direct == nil) {
		t.say("bot.pointer", "link", t.invite("metric%20poll%20end"))
		return nil
	}
	c, err := t.count(ctx, g, p)
	if err != nil {
		return err
	}
	if t.in.Group {
		t.react("👉")
	}
	t.write(t.outcome(g, c))
	return t.Store.EndPoll(ctx, t.by(store.RoleAdmin), p, t.reply())
}

// count is how a poll stands: one vote for each person who is in the group now.
type count struct {
	votes map[store.Metric]int
	all   int
	first []store.Metric // those with the most votes
}

func (b *Bot) count(ctx context.Context, g store.Group, p store.Poll) (c count, err error) {
	r, err := b.Rooms.Roster(ctx, g.Chat)
	if err != nil {
		return c, fmt.Errorf("who may vote: %w", err)
	}
	votes, err := b.Store.Votes(ctx, p.ID)
	if err != nil {
		return c, fmt.Errorf("votes: %w", err)
	}
	c.votes = map[store.Metric]int{}
	for _, v := range votes {
		if _, in := r.Find(v.User); in {
			c.votes[v.Metric]++
			c.all++
		}
	}
	for _, m := range store.AllMetrics() {
		switch n := c.votes[m]; {
		case n == 0 || len(c.first) > 0 && n < c.votes[c.first[0]]:
		case len(c.first) > 0 && n == c.votes[c.first[0]]:
			c.first = append(c.first, m)
		default:
			c.first = []store.Metric{m}
		}
	}
	return c, nil
}

// outcome tells how a poll went and, where it would change something, asks
// whether it shall.
func (t *turn) outcome(g store.Group, c count) string {
	if c.all == 0 {
		return t.loc.Say("bot.poll.nobody", "group", groupName(g))
	}
	ranked := slices.Clone(store.AllMetrics())
	slices.SortStableFunc(ranked, func(a, b store.Metric) int { return cmp.Compare(c.votes[b], c.votes[a]) })
	var list []string
	for _, m := range ranked {
		if n := c.votes[m]; n > 0 {
			list = append(list, t.loc.Say("bot.metric."+string(m))+" "+strconv.Itoa(n))
		}
	}
	text := t.loc.Say("bot.poll.result", "group", groupName(g), "n", c.all, "list", strings.Join(list, " · "))
	winner := c.first[0]
	name := t.loc.Say("bot.metric." + string(winner))
	switch {
	case len(c.first) > 1:
		return text + "\n" + t.loc.Say("bot.poll.tie")
	case winner == cmp.Or(g.Metric, store.ByEffort):
		return text + "\n" + t.loc.Say("bot.poll.same", "metric", name)
	}
	t.await(topicPoll, "confirm", shareLife, notes{Groups: []int64{g.ID}, Text: string(winner)})
	return text + "\n" + t.loc.Say("bot.poll.apply", "metric", name)
}

// pollStep takes the answer of an admin to what a group chose.
func (t *turn) pollStep(ctx context.Context, f string) (taken bool, err error) {
	n := t.notes()
	switch {
	case isNo(f):
		t.end()
		t.say("bot.poll.kept")
		return true, nil
	case !isYes(f):
		return false, nil
	}
	groups, err := t.common(ctx)
	if err != nil {
		return true, err
	}
	t.end()
	asked := n.numbered(groups)
	if len(asked) == 0 {
		t.say("bot.nogroup")
		return true, nil
	}
	g := asked[0]
	_, role, err := t.rank(ctx, g.Chat)
	if err != nil {
		return true, err
	}
	if !access.Allow(role, access.SetMetric) {
		t.say("bot.notadmin", "groups", names(asked))
		return true, nil
	}
	t.say("bot.poll.set", "group", groupName(g), "metric", t.loc.Say("bot.metric."+n.Text))
	return true, t.rankBy(ctx, g, role, store.Metric(n.Text))
}

// Count tells how the polls went that are over: the admin who asked or, where
// that one is none any more, the present ones who have written to the bot. It
// is to be called several times an hour.
func (b *Bot) Count(ctx context.Context) (told int, err error) {
	polls, err := b.Store.Polls(ctx)
	if err != nil || b.Direct == nil {
		return 0, err
	}
	groups, err := b.Store.Groups(ctx)
	if err != nil {
		return 0, fmt.Errorf("polls: %w", err)
	}
	for _, p := range polls {
		if p.State != store.PollOpen || b.Now().Before(p.Until) {
			continue
		}
		for _, g := range justThat(groups, p.Group) {
			n, err := b.tellPoll(ctx, g, p)
			if err != nil {
				return told, fmt.Errorf("poll of group %d: %w", g.ID, err)
			}
			told += n
		}
	}
	return told, nil
}

func (b *Bot) tellPoll(ctx context.Context, g store.Group, p store.Poll) (told int, err error) {
	by := store.Actor{Role: store.RoleOperator}
	if !b.serves(g) || b.Now().After(p.Until.Add(pollWaits)) { // nobody was there to be told
		return 0, b.Store.EndPoll(ctx, by, p, store.Reply{})
	}
	_, known, err := b.Stewards(ctx, g)
	if err != nil {
		return 0, err
	}
	if i := slices.IndexFunc(known, func(a store.Athlete) bool { return a.User == p.Asked }); i >= 0 {
		known = known[i : i+1]
	}
	c, err := b.count(ctx, g, p)
	if err != nil {
		return 0, err
	}
	var replies []store.Reply
	for _, a := range known {
		t, err := b.toward(ctx, a.ID)
		if err != nil {
			return 0, err
		}
		if !t.awake() || t.talk.Topic != "" && !t.expired() {
			continue
		}
		t.announce(fmt.Sprintf("polled:%d:%d", p.ID, a.ID), t.outcome(g, c))
		replies = append(replies, store.Reply{Talk: t.next, Owed: t.owed})
	}
	for i, r := range replies {
		if i < len(replies)-1 {
			err = b.Store.Answer(ctx, r)
		} else {
			err = b.Store.EndPoll(ctx, by, p, r)
		}
		if err != nil {
			return i, err
		}
	}
	return len(replies), nil
}
