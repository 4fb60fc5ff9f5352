package charts

// memberSamples are the samples of the club, streak, progress and challenge
// cards. Concatenate one function for each card.
func memberSamples() []sample { return nil }
