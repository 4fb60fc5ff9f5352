package charts

// journeySamples are the samples of the route, year and empty cards and of
// the contact sheet. Concatenate one function for each card.
func journeySamples() []sample { return nil }
