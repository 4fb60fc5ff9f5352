package access_test

import (
	"testing"

	"clubrun/bot/access"
	"clubrun/store"

	"github.com/google/go-cmp/cmp"
)

// matrix is written out on purpose, as stranger, member, admin, operator: a
// change of the table must be made twice.
var matrix = map[access.Action]string{
	access.AskHelp:     "yes yes yes yes",
	access.ReadTerms:   "yes yes yes yes",
	access.Link:        "no yes yes no",
	access.Unlink:      "no yes yes no",
	access.ReadOwn:     "no yes yes no",
	access.Export:      "no yes yes no",
	access.SetOwn:      "no yes yes no",
	access.Erase:       "no yes yes no",
	access.Share:       "no yes yes no",
	access.ReadGroup:   "no yes yes yes",
	access.StartGroup:  "no no yes yes",
	access.SetSchedule: "no no yes yes",
	access.SteerDigest: "no no yes yes",
	access.SetMetric:   "no no yes yes",
	access.SetGoal:     "no no yes yes",
	access.SetRaces:    "no no yes yes",
	access.SetGroup:    "no no yes yes",
	access.ReadMembers: "no no yes yes",
	access.Duel:        "no yes yes no",
	access.AllowGroup:  "no no no yes",
	access.ReadStatus:  "no no no yes",
	access.ReadPairing: "no no no yes",
	access.ReadLog:     "no no no yes",
}

func TestTheWholeMatrix(t *testing.T) {
	got := map[access.Action]string{}
	for _, action := range access.Actions() {
		got[action] = word(store.RoleStranger, action) + " " + word(store.RoleMember, action) + " " +
			word(store.RoleAdmin, action) + " " + word(store.RoleOperator, action)
	}
	if diff := cmp.Diff(matrix, got); diff != "" {
		t.Errorf("who may do what (-want +got):\n%s", diff)
	}
}

func TestWhatIsUnknownMayNothing(t *testing.T) {
	for _, role := range []store.Role{"", "owner", store.RoleStranger, store.RoleMember, store.RoleAdmin, store.RoleOperator} {
		if access.Allow(role, "group.burn") || access.Allow(role, "") {
			t.Errorf("role %q may do an action that nobody knows", role)
		}
	}
	for _, action := range access.Actions() {
		if access.Allow("", action) || access.Allow("owner", action) {
			t.Errorf("a role that nobody knows may do %s", action)
		}
	}
}

func word(role store.Role, action access.Action) string {
	if access.Allow(role, action) {
		return "yes"
	}
	return "no"
}
