package bot

import (
	"context"
	"fmt"

	"clubrun/digest/locale"
	"clubrun/store"
)

// nameSet are the names under which others are shown, as they are shown.
type nameSet []string

// takenNames returns under which names others are shown in the group, and
// wherever else the sender is shown: a person has one name everywhere.
func (t *turn) takenNames(ctx context.Context, g store.Group) (nameSet, error) {
	groups, err := t.agreedIn(ctx)
	if err != nil {
		return nil, err
	}
	var taken nameSet
	for _, g := range append([]store.Group{g}, groups...) {
		members, err := t.Store.Members(ctx, g.ID)
		if err != nil {
			return nil, fmt.Errorf("members: %w", err)
		}
		for _, m := range members {
			if m.ID != t.athlete.ID {
				taken = append(taken, locale.Name(m.Name))
			}
		}
	}
	return taken, nil
}

// has says whether a name reads as one that is taken.
func (s nameSet) has(name string) bool {
	for _, taken := range s {
		if store.SameName(taken, locale.Name(name)) {
			return true
		}
	}
	return false
}

// free returns the name, with the initial or the whole of the last name or a
// number behind it where it is taken.
func (s nameSet) free(name string, full []string) string {
	if !s.has(name) {
		return name
	}
	if len(full) > 1 {
		last := full[len(full)-1]
		for _, longer := range []string{name + " " + string([]rune(last)[:1]) + ".", name + " " + last} {
			if !s.has(longer) {
				return longer
			}
		}
	}
	short := string([]rune(name)[:min(len([]rune(name)), shortName)])
	for n := 2; ; n++ {
		if numbered := fmt.Sprintf("%s %d", short, n); !s.has(numbered) {
			return numbered
		}
	}
}

// shortName is how much of a name leaves room for a number: names are cut
// where they are shown.
const shortName = 16
