package charts

import "slices"

// memberSamples are the samples of the club, streak, progress, challenge and
// invitation cards. Concatenate one function for each card.
func memberSamples() []sample {
	return slices.Concat(clubSamples(), streakSamples(), progressSamples(), challengeSamples(), inviteSamples())
}
