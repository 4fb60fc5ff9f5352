package whatsapptest

import (
	"fmt"
	"slices"
	"sync/atomic"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// Account is a WhatsApp user: a phone, which is device 0, and the clients that
// were linked to it.
type Account struct {
	net      *Network
	born     string                 // the number that it was made with, and which account of that number it is
	number   atomic.Pointer[string] // the one that it has
	lid      string
	first    string        // name that it was made with
	identity *keys.KeyPair // of the phone

	// Guarded by net.mu.
	name     string
	devices  []*device // by id; the phone first; removed ones stay
	watchers []watcher
	fault    disturbance
	primary  *store.Device // the phone's own Signal state
	stateKey []byte        // id of the app state key, nil until made
	states   map[string][][]byte
	personas uint64 // made so far
	blocked  map[*Account]bool
	owner    *Phone // whoever holds the phone; nil while nobody does
}

// AddAccount makes an account for a phone number, digits only. Its LID depends
// on the seed and the number alone, unless the number had another account
// before. A number that exists is returned as it is.
func (n *Network) AddAccount(phone, name string) *Account {
	n.mu.Lock()
	defer n.mu.Unlock()
	if a := n.byPhone[phone]; a != nil {
		return a
	}
	lid, born := n.freeLID(phone)
	identity := deriveKey(n.opts.Seed, "identity", born)
	signed := identity.CreateSignedPreKey(1)
	registration := derive(n.opts.Seed, "registration", born)
	a := &Account{net: n, born: born, lid: lid, first: name, identity: identity, name: name, states: map[string][][]byte{}, blocked: map[*Account]bool{}}
	a.number.Store(&phone)
	a.devices = []*device{{
		account: a, identity: identity.Pub[:],
		registration: []byte{0, 0, registration[0] & 0x3f, registration[1]},
		signed:       signedKey{id: []byte{0, 0, 1}, public: signed.Pub[:], signature: signed.Signature[:]},
	}}
	a.primary = newStore(identity, signed)
	own := a.pn(0)
	a.primary.ID, a.primary.LID, a.primary.PushName = &own, a.lidOf(0), name
	n.accounts = append(n.accounts, a)
	n.byPhone[phone], n.byLID[a.lid] = a, a
	return a
}

// Move gives the account another phone number, as somebody does who keeps their
// WhatsApp account: the LID and the groups stay. It is an error where somebody
// has that number. Linked clients are logged out; a new persona is linked to
// the number that the account has then. The number that it had is free.
func (a *Account) Move(phone string) error {
	n := a.net
	n.mu.Lock()
	defer n.mu.Unlock()
	if holder := n.byPhone[phone]; holder != nil {
		return fmt.Errorf("the number is %s's", holder.name)
	}
	for _, d := range a.companions() {
		if d.conn != nil {
			return fmt.Errorf("client %d is online", d.id)
		}
	}
	for _, d := range a.companions() {
		d.remove()
	}
	delete(n.byPhone, a.phone())
	n.byPhone[phone] = a
	a.number.Store(&phone)
	own := a.pn(0)
	a.primary.ID = &own
	return nil
}

// phone is the account's number at present.
func (a *Account) phone() string { return *a.number.Load() }

// freeLID returns the number's LID, or its next choice where that is taken, and
// what the account is made of.
func (n *Network) freeLID(phone string) (lid, born string) {
	born = phone
	for salt := uint64(0); ; salt++ {
		lid := "1" + deriveDigits(n.opts.Seed, "lid", phone, decimal(salt))
		if n.byLID[lid] == nil {
			return lid, born
		}
		born = phone + "." + decimal(salt+1)
	}
}

// Account returns the account of a phone number.
func (n *Network) Account(phone string) (*Account, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	a, ok := n.byPhone[phone]
	return a, ok
}

// Accounts returns all accounts in order of creation.
func (n *Network) Accounts() []*Account {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.accounts)
}

// AccountOf returns the account behind an address by phone number or LID; the
// device in it does not matter.
func (n *Network) AccountOf(j types.JID) (*Account, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	a := n.account(j)
	return a, a != nil
}

// PN returns the account's address by phone number.
func (a *Account) PN() types.JID { return a.pn(0) }

// LID returns the account's address by hidden id.
func (a *Account) LID() types.JID { return a.lidOf(0) }

// Name returns the name that the account goes by.
func (a *Account) Name() string {
	a.net.mu.Lock()
	defer a.net.mu.Unlock()
	return a.name
}

// Devices returns the ids of the clients that are linked now, the phone's 0
// left out.
func (a *Account) Devices() []uint16 {
	a.net.mu.Lock()
	defer a.net.mu.Unlock()
	ids := []uint16{}
	for _, d := range a.companions() {
		ids = append(ids, d.id)
	}
	return ids
}

func (a *Account) pn(device uint16) types.JID {
	return types.JID{User: a.phone(), Device: device, Server: types.DefaultUserServer}
}

func (a *Account) lidOf(device uint16) types.JID {
	return types.JID{User: a.lid, Device: device, Server: types.HiddenUserServer}
}

// device returns a device that is linked, nil for none.
func (a *Account) device(id uint16) *device {
	if int(id) >= len(a.devices) || a.devices[id].removed {
		return nil
	}
	return a.devices[id]
}

// present returns the devices that senders encrypt for, the phone included.
func (a *Account) present() []*device {
	var out []*device
	for _, d := range a.devices {
		if !d.removed {
			out = append(out, d)
		}
	}
	return out
}

// companions returns the linked clients.
func (a *Account) companions() []*device { return a.present()[1:] }

// tell delivers a stanza to every linked client of the account.
func (a *Account) tell(out node) {
	for _, d := range a.companions() {
		d.deliver(out)
	}
}

// watcher is an account that keeps a's list of devices, under the address by
// which it asked: whatsmeow drops news of a list that it keeps under the other.
type watcher struct {
	account *Account
	server  string
}

// watch makes by hear when a's devices change.
func (a *Account) watch(by *Account, server string) {
	w := watcher{by, server}
	if a != by && !slices.Contains(a.watchers, w) {
		a.watchers = append(a.watchers, w)
	}
}
