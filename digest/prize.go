package digest

// PrizeRule says what a prize of the week is given for.
type PrizeRule struct {
	Key string // its name in the file and in the languages' words
}
