package sqlite

import (
	"slices"
	"strings"
)

// Subject says about whom a table tells.
type Subject string

// The subjects.
const (
	OfMember   Subject = "member"   // one member, and nobody else but where a column says so
	OfGroup    Subject = "group"    // a group: its settings, or all who are shown in it
	OfInstance Subject = "instance" // the bot itself
)

// Table is an entry of the inventory: what a table of the schema holds of
// people, why, and for how long.
type Table struct {
	Name  string
	Part  string // its rows in what is handed over, in the plural; empty: nothing is
	Whose Subject
	Holds string // what a row is
	Why   string // it is kept
	Until string // it is kept; what Retention says of it is added
	Not   string // why nothing of it is handed over; empty where something is

	Columns []Column

	key  []string // columns that order the rows and tell them apart
	mine string   // condition of the rows of :athlete, who writes as :user; :because are the ids of what they caused
}

// Column is a column of a table in the inventory.
type Column struct {
	Name  string
	Holds string
	Not   string // why it is not handed over; empty where it is

	as   string // SQL in its place
	kind columnKind
}

// columnKind is how a value is read that SQLite has no type for.
type columnKind int

const (
	asKept columnKind = iota
	asYesNo
	asJSON
	asBody // packed or not
)

func col(name, holds string) Column { return Column{Name: name, Holds: holds} }

func (c Column) not(why string) Column { c.Not = why; return c }

func (c Column) shown(as string) Column { c.as = as; return c }

func (c Column) yesNo() Column { c.kind = asYesNo; return c }

func (c Column) json() Column { c.kind = asJSON; return c }

func (c Column) body() Column { c.kind = asBody; return c }

// handed returns the columns that are handed over.
func (t Table) handed() []Column {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c Column) bool { return c.Not != "" })
}

// Inventory names every table and every column of the schema, what it holds of
// people, why and how long, and whether a member gets it. What a member is
// handed over, what the operator's page about privacy says, and what may be
// kept at all follow from it: a column that is not in it is a fault.
func Inventory() []Table {
	all := slices.Concat(profileTables(), trainingTables(), groupTables(), messageTables(), instanceTables())
	for i, t := range all {
		for _, r := range slices.Concat(Retention(), ofItsOwn()) {
			if r.Table == t.Name {
				all[i].Until = strings.TrimPrefix(all[i].Until+"; "+r.String(), "; ")
			}
		}
	}
	return all
}

// Names of what stands in place of somebody else, and of a group.
const (
	anotherMember = `'another member'`
	theirActs     = `(SELECT id FROM activity WHERE athlete = :athlete)`
)

// groupNamed is the name of the group in a column.
func groupNamed(column string) string {
	return `(SELECT g.name FROM chatgroup g WHERE g.id = ` + column + `)`
}

// digestNamed is the group and the week of the digest in a column.
func digestNamed(column string) string {
	return `(SELECT g.name || ', week from ' || d.week_start FROM digest d JOIN chatgroup g ON g.id = d.chatgroup WHERE d.id = ` + column + `)`
}

// memberOr is "you" where the athlete in a column is who asks.
func memberOr(column string) string {
	return `CASE ` + column + ` WHEN :athlete THEN 'you' ELSE ` + anotherMember + ` END`
}

// Reasons that several columns share.
const (
	untilErased  = "until the member says /delete"
	ownNumber    = "a number of the bot's own, the same in every row"
	otherPerson  = "it is about somebody else"
	mayNameOther = "it may name other people; what the member saw of it stands in the member's own chat"
)
