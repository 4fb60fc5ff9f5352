package store

// Holding is one row of what is kept about somebody, as far as it is handed
// over to them. Values are nil, int64, float64, bool, string, json.RawMessage
// or, where they are no text, []byte.
type Holding struct {
	Part   string // what the row is, in the plural, such as "memberships"
	Names  []string
	Values []any
}
