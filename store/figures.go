package store

import "time"

// Figures are counts of rows, for who watches the instance. None is of a
// person or a group.
type Figures struct {
	Accounts map[AccountState]int
	Synced   time.Time // the newest whole list of any account; zero before the first
	Stalest  time.Time // the oldest newest list, or link, of a healthy account; zero where there is none

	Inbox      int
	InboxSince time.Time // since when the oldest waits; zero where none does
	Outbox     map[OutState]int
	OwedSince  time.Time // since when the oldest is due that is not sent; zero where none is

	Athletes   int
	Groups     int // where the bot is
	Started    int // of them
	Activities int
}
