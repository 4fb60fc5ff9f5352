// Package access says who may do what, in one table. It looks nobody up and
// remembers nothing; an action or a role that the table does not know may do
// nothing.
package access

import (
	"slices"

	"clubrun/store"
)

// Action is something that somebody asks for.
type Action string

// The actions.
const (
	AskHelp     Action = "help"            // what the bot is and does
	ReadTerms   Action = "privacy"         // what is read and kept
	Link        Action = "account.link"    // sign in at a source
	Unlink      Action = "account.unlink"  // destroy one's own tokens
	ReadOwn     Action = "own.read"        // one's own figures
	Export      Action = "own.export"      // all that is kept about oneself
	SetOwn      Action = "own.set"         // one's own settings
	Erase       Action = "own.erase"       // everything about oneself
	Share       Action = "share"           // being shown in a group, or no longer
	ReadGroup   Action = "group.read"      // a group's figures
	StartGroup  Action = "group.start"     // the bot begins to work in a group
	SetSchedule Action = "group.schedule"  // when a group's digest comes
	SteerDigest Action = "group.digest"    // how a group's digest is, and that it comes now or not
	SetMetric   Action = "group.metric"    // what a group ranks by
	SetGoal     Action = "group.goal"      // what a group wants to reach
	SetRaces    Action = "group.races"     // whether races are posted at once
	SetGroup    Action = "group.set"       // a group's language, units, zone, week, sports and quiet time
	ReadMembers Action = "group.members"   // who of a group is shown, and how many are linked
	Duel        Action = "duel"            // a week of two members
	AllowGroup  Action = "group.allow"     // the instance serves a group
	ReadStatus  Action = "instance.status" // how the instance is
	ReadPairing Action = "instance.pair"   // how it is linked to WhatsApp
	ReadLog     Action = "instance.logs"   // what it has to complain of
)

// Actions returns every action that the table knows.
func Actions() []Action {
	var all []Action
	for _, r := range table() {
		all = append(all, r.action)
	}
	return all
}

// Allow says whether somebody in a role may do something.
func Allow(role store.Role, action Action) bool {
	for _, r := range table() {
		if r.action == action {
			return slices.Contains(r.roles, role)
		}
	}
	return false
}

type row struct {
	action Action
	roles  []store.Role
}

// table is the whole of the rules. The operator runs the instance and is not
// by that a member of anything: what is somebody's own is not the operator's.
func table() []row {
	const stranger, member, admin, operator = store.RoleStranger, store.RoleMember, store.RoleAdmin, store.RoleOperator
	everyone := []store.Role{stranger, member, admin, operator}
	people := []store.Role{member, admin}
	keepers := []store.Role{admin, operator}
	return []row{
		{AskHelp, everyone},
		{ReadTerms, everyone},
		{Link, people},
		{Unlink, people},
		{ReadOwn, people},
		{Export, people},
		{SetOwn, people},
		{Erase, people},
		{Share, people},
		{ReadGroup, []store.Role{member, admin, operator}},
		{StartGroup, keepers},
		{SetSchedule, keepers},
		{SteerDigest, keepers},
		{SetMetric, keepers},
		{SetGoal, keepers},
		{SetRaces, keepers},
		{SetGroup, keepers},
		{ReadMembers, keepers},
		{Duel, people},
		{AllowGroup, []store.Role{operator}},
		{ReadStatus, []store.Role{operator}},
		{ReadPairing, []store.Role{operator}},
		{ReadLog, []store.Role{operator}},
	}
}
