package whatsapptest

import (
	"context"
	"encoding/hex"
	"strings"
	"sync"

	"go.mau.fi/util/random"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
	waLog "go.mau.fi/whatsmeow/util/log"
)

// memStore is whatsmeow's store in memory, for one client or one phone. What a
// persona does not use is left to store.NoopStore.
type memStore struct {
	*store.NoopStore
	decrypting chan struct{} // held while a message is decrypted, or a send writes sessions

	mu         sync.Mutex // guards all below
	identities map[string][32]byte
	sessions   map[string][]byte
	prekeys    map[uint32]*keys.PreKey
	uploaded   map[uint32]bool
	lastPrekey uint32
	senderKeys map[[2]string][]byte
	stateKeys  map[string]*store.AppStateSyncKey
	lastState  []byte
	states     map[string]stateVersion
	stateMACs  map[[2]string][]byte
	secrets    map[secretKey][]byte
	tokens     map[types.JID]store.PrivacyToken
	pnOf       map[string]string
	lidOf      map[string]string
	names      map[types.JID]string
	buffered   map[[32]byte]*store.BufferedEvent
}

type stateVersion struct {
	version uint64
	hash    [128]byte
}

type secretKey struct {
	chat, sender types.JID
	id           string
}

func newMemStore() *memStore {
	return &memStore{
		NoopStore: &store.NoopStore{}, decrypting: make(chan struct{}, 1),
		identities: map[string][32]byte{}, sessions: map[string][]byte{},
		prekeys: map[uint32]*keys.PreKey{}, uploaded: map[uint32]bool{}, senderKeys: map[[2]string][]byte{},
		stateKeys: map[string]*store.AppStateSyncKey{}, states: map[string]stateVersion{}, stateMACs: map[[2]string][]byte{},
		secrets: map[secretKey][]byte{}, tokens: map[types.JID]store.PrivacyToken{},
		pnOf: map[string]string{}, lidOf: map[string]string{}, names: map[types.JID]string{},
		buffered: map[[32]byte]*store.BufferedEvent{},
	}
}

// newStore makes an unpaired device on a store of its own.
func newStore(identity *keys.KeyPair, signed *keys.PreKey) *store.Device {
	m := newMemStore()
	d := &store.Device{
		Log: waLog.Noop, NoiseKey: keys.NewKeyPair(), IdentityKey: identity, SignedPreKey: signed,
		RegistrationID: uint32(random.Bytes(1)[0])<<6 | 1, AdvSecretKey: random.Bytes(32), Initialized: true,
	}
	d.SetAllStores(m)
	d.LIDs, d.Container = m, m
	return d
}

func (m *memStore) lock() (unlock func()) {
	m.mu.Lock()
	return m.mu.Unlock
}

// PutDevice and DeleteDevice have nothing to do: the device is the store.
func (m *memStore) PutDevice(context.Context, *store.Device) error    { return nil }
func (m *memStore) DeleteDevice(context.Context, *store.Device) error { return nil }

func (m *memStore) PutSenderKey(_ context.Context, group, user string, key []byte) error {
	defer m.lock()()
	m.senderKeys[[2]string{group, user}] = key
	return nil
}

func (m *memStore) GetSenderKey(_ context.Context, group, user string) ([]byte, error) {
	defer m.lock()()
	return m.senderKeys[[2]string{group, user}], nil
}

func (m *memStore) PutMessageSecret(_ context.Context, chat, sender types.JID, id types.MessageID, secret []byte) error {
	defer m.lock()()
	m.secrets[secretKey{chat.ToNonAD(), sender.ToNonAD(), id}] = secret
	return nil
}

func (m *memStore) GetMessageSecret(_ context.Context, chat, sender types.JID, id types.MessageID) ([]byte, types.JID, error) {
	defer m.lock()()
	return m.secrets[secretKey{chat.ToNonAD(), sender.ToNonAD(), id}], sender, nil
}

func (m *memStore) PutPrivacyTokens(_ context.Context, tokens ...store.PrivacyToken) error {
	defer m.lock()()
	for _, t := range tokens {
		m.tokens[t.User] = t
	}
	return nil
}

func (m *memStore) GetPrivacyToken(_ context.Context, user types.JID) (*store.PrivacyToken, error) {
	defer m.lock()()
	t, ok := m.tokens[user]
	if !ok {
		return nil, nil
	}
	return &t, nil
}

func (m *memStore) PutPushName(_ context.Context, user types.JID, name string) (bool, string, error) {
	defer m.lock()()
	old := m.names[user]
	m.names[user] = name
	return old != name, old, nil
}

func (m *memStore) PutAppStateSyncKey(_ context.Context, id []byte, key store.AppStateSyncKey) error {
	defer m.lock()()
	m.stateKeys[hex.EncodeToString(id)], m.lastState = &key, id
	return nil
}

func (m *memStore) GetAppStateSyncKey(_ context.Context, id []byte) (*store.AppStateSyncKey, error) {
	defer m.lock()()
	return m.stateKeys[hex.EncodeToString(id)], nil
}

func (m *memStore) GetLatestAppStateSyncKeyID(context.Context) ([]byte, error) {
	defer m.lock()()
	return m.lastState, nil
}

func (m *memStore) PutAppStateVersion(_ context.Context, name string, version uint64, hash [128]byte) error {
	defer m.lock()()
	m.states[name] = stateVersion{version, hash}
	return nil
}

func (m *memStore) GetAppStateVersion(_ context.Context, name string) (uint64, [128]byte, error) {
	defer m.lock()()
	return m.states[name].version, m.states[name].hash, nil
}

func (m *memStore) DeleteAppStateVersion(_ context.Context, name string) error {
	defer m.lock()()
	delete(m.states, name)
	return nil
}

func (m *memStore) PutAppStateMutationMACs(_ context.Context, name string, _ uint64, macs []store.AppStateMutationMAC) error {
	defer m.lock()()
	for _, mac := range macs {
		m.stateMACs[[2]string{name, string(mac.IndexMAC)}] = mac.ValueMAC
	}
	return nil
}

func (m *memStore) DeleteAppStateMutationMACs(_ context.Context, name string, indexes [][]byte) error {
	defer m.lock()()
	for _, index := range indexes {
		delete(m.stateMACs, [2]string{name, string(index)})
	}
	return nil
}

func (m *memStore) GetAppStateMutationMAC(_ context.Context, name string, index []byte) ([]byte, error) {
	defer m.lock()()
	return m.stateMACs[[2]string{name, string(index)}], nil
}

func (m *memStore) PutLIDMapping(_ context.Context, lid, pn types.JID) error {
	defer m.lock()()
	m.pnOf[lid.User], m.lidOf[pn.User] = pn.User, lid.User
	return nil
}

func (m *memStore) PutManyLIDMappings(_ context.Context, all []store.LIDMapping) error {
	defer m.lock()()
	for _, x := range all {
		if x.LID.User != "" && x.PN.User != "" {
			m.pnOf[x.LID.User], m.lidOf[x.PN.User] = x.PN.User, x.LID.User
		}
	}
	return nil
}

func (m *memStore) GetPNForLID(_ context.Context, lid types.JID) (types.JID, error) {
	defer m.lock()()
	pn, ok := m.pnOf[lid.User]
	if !ok {
		return types.EmptyJID, nil
	}
	return types.JID{User: pn, Device: lid.Device, Server: types.DefaultUserServer}, nil
}

func (m *memStore) GetLIDForPN(_ context.Context, pn types.JID) (types.JID, error) {
	defer m.lock()()
	lid, ok := m.lidOf[pn.User]
	if !ok {
		return types.EmptyJID, nil
	}
	return types.JID{User: lid, Device: pn.Device, Server: types.HiddenUserServer}, nil
}

func (m *memStore) GetManyLIDsForPNs(ctx context.Context, pns []types.JID) (map[types.JID]types.JID, error) {
	out := make(map[types.JID]types.JID, len(pns))
	for _, pn := range pns {
		if lid, _ := m.GetLIDForPN(ctx, pn); !lid.IsEmpty() {
			out[pn] = lid
		}
	}
	return out, nil
}

// ofUser tells whether a Signal address belongs to a user.
func ofUser(address, user string) bool { return strings.HasPrefix(address, user+":") }
