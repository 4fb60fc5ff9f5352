package store

import (
	"slices"
	"strings"
)

// Class is a kind of workout that can be left out: a sport, or one of the
// further kinds below, which are across all sports.
type Class string

// The classes that are no sports.
const (
	ClassVirtual Class = "virtual" // on a trainer or a treadmill, in a virtual world
	ClassManual  Class = "manual"  // typed, not recorded
	ClassCommute Class = "commute" // on the way to work: its name says so, as no source does
)

// AllClasses returns every class, sports first, in the order in which they are
// told.
func AllClasses() []Class {
	all := []Class{}
	for _, s := range []Sport{Run, Ride, EBike, Swim, Walk, Hike, Row, Ski, Strength, Yoga, Team, Other} {
		all = append(all, Class(s))
	}
	return append(all, ClassVirtual, ClassManual, ClassCommute)
}

// IsSport says whether the class is a sport.
func (c Class) IsSport() bool {
	return c != ClassVirtual && c != ClassManual && c != ClassCommute
}

// Classes is a set of classes: their names in the order of AllClasses, with
// single spaces between. Equal sets are equal texts, and none is empty.
type Classes string

// NewClasses returns the set of the classes; unknown ones are not in it.
func NewClasses(all ...Class) Classes {
	var names []string
	for _, c := range AllClasses() {
		if slices.Contains(all, c) {
			names = append(names, string(c))
		}
	}
	return Classes(strings.Join(names, " "))
}

// List returns the classes of the set.
func (s Classes) List() []Class {
	var all []Class
	for _, name := range strings.Fields(string(s)) {
		all = append(all, Class(name))
	}
	return all
}

// Has says whether a class is in the set.
func (s Classes) Has(c Class) bool { return slices.Contains(s.List(), c) }

// With returns the set with a class in it.
func (s Classes) With(c Class) Classes { return NewClasses(append(s.List(), c)...) }

// Without returns the set without a class.
func (s Classes) Without(c Class) Classes {
	return NewClasses(slices.DeleteFunc(s.List(), func(o Class) bool { return o == c })...)
}

// Covers says whether the activity is of one of the classes.
func (s Classes) Covers(a *Activity) bool {
	if s == "" {
		return false
	}
	for name := range strings.FieldsSeq(string(s)) {
		switch Class(name) {
		case ClassVirtual:
			if strings.Contains(a.Type, "virtual") {
				return true
			}
		case ClassManual:
			if a.Manual {
				return true
			}
		case ClassCommute:
			if commuted(a.Name) {
				return true
			}
		case Class(a.Sport):
			return true
		}
	}
	return false
}

// commuted says whether the name of a workout, as people give it in any of the
// languages, says that it was the way to work.
func commuted(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(CommuteNames(), func(part string) bool { return strings.Contains(name, part) })
}

// CommuteNames returns the parts of names, in lower case, that say so.
func CommuteNames() []string {
	return []string{
		"commut", "ride to work", "run to work", "walk to work", "way to work", "arbeitsweg", "zur arbeit", "pendel", "heimweg",
		"al trabajo", "del trabajo", "ao trabalho", "para o trabalho", "do trabalho", "pro trabalho", "au travail", "du travail", "boulot",
		"vélotaf", "velotaf", "al lavoro", "casa-lavoro", "casa lavoro", "dal lavoro", "naar werk", "naar het werk", "woon-werk", "woonwerk", "forens",
	}
}
