package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clubrun/bot/access"
	"clubrun/digest/locale"
	"clubrun/store"
)

// runSchedule sets, shows or ends the weekly digest of a group.
func runSchedule(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governedFor(ctx, args, access.SetSchedule, "schedule")
	if err != nil || !ok {
		return err
	}
	if !t.serves(g) {
		t.say("bot.schedule.start")
		return nil
	}
	switch {
	case len(args) == 0 || len(args) == 1 && isShow(args[0]):
		t.showSchedule(g)
		return nil
	case len(args) == 1 && isOff(args[0]):
		t.say("bot.schedule.off")
		return t.Store.SetSchedule(ctx, t.by(role), g.ID, "", time.Time{}, t.reply())
	}
	when, lack := locale.ParseWeekly(args, t.loc.Language())
	if lack != locale.LacksNothing {
		t.say("bot.schedule."+string(lack), "day", t.loc.Weekday(when.Day))
		if lack != locale.LacksSense && !t.in.Group {
			t.await(topicWhen, string(lack), shortLife, notes{Command: "schedule", Args: args})
		}
		return nil
	}
	next := nextMoment(t.Now(), when.Day, when.Hour, when.Minute, g.Location())
	t.tell(t.scheduled(g, when.Day, when.Hour, when.Minute, next))
	return t.Store.SetSchedule(ctx, t.by(role), g.ID, when.Cron(), next, t.reply())
}

// whenStep takes the day or the hour that a schedule lacked. All else is none of
// its business.
func (t *turn) whenStep(ctx context.Context, f string) (taken bool, err error) {
	args := append(t.notes().Args, strings.Fields(f)...)
	t.end()
	if _, lack := locale.ParseWeekly(args, t.loc.Language()); lack != locale.LacksNothing {
		return false, nil
	}
	return true, runSchedule(ctx, t, args)
}

// ruled returns the group that a command of admins is about, and the sender's
// role in it by WhatsApp's present word: the group it was written in, or in a
// direct message the one started group that the sender is admin of. Where ok
// is false, what there is to say has been said.
func (t *turn) ruled(ctx context.Context, action access.Action, command string) (g store.Group, role store.Role, ok bool, err error) {
	if t.in.Group {
		_, role, err := t.rank(ctx, t.in.Chat)
		if err != nil {
			return g, role, false, err
		}
		if !access.Allow(role, action) {
			return g, role, false, t.denied(ctx, role, action)
		}
		return t.group, role, true, nil
	}
	groups, err := t.common(ctx)
	if err != nil {
		return g, role, false, err
	}
	var mine []store.Group
	for _, g := range groups {
		_, role, err := t.rank(ctx, g.Chat)
		if err != nil {
			return g, role, false, err
		}
		if access.Allow(role, action) {
			mine = append(mine, g)
		}
	}
	switch len(mine) {
	case 0:
		return g, role, false, t.notAdmin(ctx, groups, action)
	case 1:
		if len(groups) > 1 {
			t.heading = "*" + groupName(mine[0]) + "*"
		}
		return mine[0], store.RoleAdmin, true, nil
	}
	t.say("bot.schedule.which", "groups", names(mine), "command", t.called(command))
	return g, role, false, nil
}

// notAdmin answers a command of admins in a direct message of somebody who is
// none.
func (t *turn) notAdmin(ctx context.Context, groups []store.Group, action access.Action) error {
	if len(groups) == 0 {
		t.say("bot.nogroup")
		return nil
	}
	e := store.AuditEntry{
		At: t.Now(), Actor: t.by(store.RoleMember), Action: string(action),
		Subject: "group " + strconv.FormatInt(groups[0].ID, 10), Denied: true,
	}
	if err := t.Store.Audit(ctx, e); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	key := "bot.notadmin"
	if action == access.ReadMembers {
		key = "bot.notadmin.see"
	}
	t.say(key, "groups", names(groups))
	return nil
}

// showSchedule tells when the next digest comes.
func (t *turn) showSchedule(g store.Group) {
	day, hour, minute, ok := weekly(g)
	if !ok {
		t.say("bot.schedule.none")
		return
	}
	t.tell(t.scheduled(g, day, hour, minute, nextMoment(t.Now(), day, hour, minute, g.Location())))
}

// weekly returns when in the week the group's digest is due; ok is false
// without a schedule.
func weekly(g store.Group) (day time.Weekday, hour, minute int, ok bool) {
	n := 0
	_, err := fmt.Sscanf(g.Schedule, "%d %d * * %d", &minute, &hour, &n)
	return time.Weekday(n % 7), hour, minute, g.Schedule != "" && err == nil
}

// nextWeek returns the week of the digest that comes next and when that is;
// without a schedule the week of one that would come now. A week that has its
// digest already, as an admin wanted it early, is not the next one.
func (t *turn) nextWeek(ctx context.Context, g store.Group) (week store.Span, due time.Time, ok bool, err error) {
	day, hour, minute, ok := weekly(g)
	if !ok {
		return g.WeekFor(t.Now()), time.Time{}, false, nil
	}
	due = nextMoment(t.Now(), day, hour, minute, g.Location())
	if _, err := t.Store.Digest(ctx, g.ID, g.WeekFor(due)); err == nil {
		due = nextMoment(due, day, hour, minute, g.Location())
	} else if quiet(err) != nil {
		return week, due, true, fmt.Errorf("digest: %w", err)
	}
	return g.WeekFor(due), due, true, nil
}

// scheduled tells a schedule in full words, its next moment, and which days it
// covers then.
func (t *turn) scheduled(g store.Group, day time.Weekday, hour, minute int, next time.Time) string {
	covers := "bot.schedule.lastweek"
	if day == store.WeekOf(0, g.WeekStart).Last().Weekday() {
		covers = "bot.schedule.running"
	}
	clock := fmt.Sprintf("%02d:%02d", hour, minute)
	lead := ""
	if !t.in.Group {
		lead = "*" + groupName(g) + "*: "
	}
	return lead + t.loc.Say("bot.schedule.set", "day", t.loc.Weekday(day), "time", clock, "zone", city(g.Zone),
		"next", t.loc.NamedDay(store.DayOf(next))) + "\n" + t.loc.Say(covers, "first", t.loc.Weekday(g.WeekStart), "time", clock) + t.delayed(g, next)
}

// city is the part of a zone's name that people know.
func city(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ")
}

func isShow(word string) bool {
	switch word {
	case "show", "status", "zeigen", "mostrar", "ver", "montrer", "mostra", "toon":
		return true
	}
	return false
}

// nextMoment returns the first moment after now on that weekday at that time
// in the zone.
func nextMoment(now time.Time, day time.Weekday, hour, minute int, zone *time.Location) time.Time {
	today := store.DayOf(now.In(zone))
	ahead := store.Day((int(day) - int(today.Weekday()) + 7) % 7)
	for {
		y, m, d := (today + ahead).Date()
		if at := time.Date(y, m, d, hour, minute, 0, 0, zone); at.After(now) {
			return at
		}
		ahead += 7
	}
}
