package charts

import "slices"

// memberSamples are the samples of the club, streak, progress and challenge
// cards. Concatenate one function for each card.
func memberSamples() []sample {
	return slices.Concat(clubSamples(), streakSamples(), progressSamples(), challengeSamples())
}
