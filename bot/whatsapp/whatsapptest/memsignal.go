package whatsapptest

import (
	"context"
	"maps"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

func (m *memStore) PutIdentity(_ context.Context, address string, key [32]byte) error {
	defer m.lock()()
	m.identities[address] = key
	return nil
}

func (m *memStore) DeleteIdentity(_ context.Context, address string) error {
	defer m.lock()()
	delete(m.identities, address)
	return nil
}

func (m *memStore) DeleteAllIdentities(_ context.Context, user string) error {
	defer m.lock()()
	maps.DeleteFunc(m.identities, func(address string, _ [32]byte) bool { return ofUser(address, user) })
	return nil
}

func (m *memStore) IsTrustedIdentity(_ context.Context, address string, key [32]byte) (bool, error) {
	defer m.lock()()
	known, ok := m.identities[address]
	return !ok || known == key, nil
}

func (m *memStore) GetSession(_ context.Context, address string) ([]byte, error) {
	defer m.lock()()
	return m.sessions[address], nil
}

func (m *memStore) HasSession(_ context.Context, address string) (bool, error) {
	defer m.lock()()
	return m.sessions[address] != nil, nil
}

func (m *memStore) GetManySessions(_ context.Context, addresses []string) (map[string][]byte, error) {
	defer m.lock()()
	out := make(map[string][]byte, len(addresses))
	for _, a := range addresses {
		out[a] = m.sessions[a]
	}
	return out, nil
}

func (m *memStore) PutSession(_ context.Context, address string, session []byte) error {
	defer m.lock()()
	m.sessions[address] = session
	return nil
}

// PutManySessions is how a send writes sessions back; it must not fall between
// a decryption's read and write.
func (m *memStore) PutManySessions(_ context.Context, sessions map[string][]byte) error {
	m.decrypting <- struct{}{}
	defer func() { <-m.decrypting }()
	defer m.lock()()
	maps.Copy(m.sessions, sessions)
	return nil
}

func (m *memStore) DeleteSession(_ context.Context, address string) error {
	defer m.lock()()
	delete(m.sessions, address)
	return nil
}

func (m *memStore) DeleteAllSessions(_ context.Context, user string) error {
	defer m.lock()()
	m.forgetSessions(user)
	return nil
}

func (m *memStore) forgetSessions(user string) {
	maps.DeleteFunc(m.sessions, func(address string, _ []byte) bool { return ofUser(address, user) })
}

func (m *memStore) MigratePNToLID(_ context.Context, pn, lid types.JID) error {
	defer m.lock()()
	for address, session := range maps.Clone(m.sessions) {
		if !ofUser(address, pn.User) {
			continue
		}
		moved := lid.SignalAddressUser() + address[len(pn.User):]
		if m.sessions[moved] == nil {
			m.sessions[moved] = session
		}
		delete(m.sessions, address)
	}
	return nil
}

func (m *memStore) newPrekey() *keys.PreKey {
	m.lastPrekey++
	k := keys.NewPreKey(m.lastPrekey)
	m.prekeys[k.KeyID] = k
	return k
}

func (m *memStore) GetOrGenPreKeys(_ context.Context, count uint32) ([]*keys.PreKey, error) {
	defer m.lock()()
	var out []*keys.PreKey
	for id := uint32(1); id <= m.lastPrekey && uint32(len(out)) < count; id++ {
		if k := m.prekeys[id]; k != nil && !m.uploaded[id] {
			out = append(out, k)
		}
	}
	for uint32(len(out)) < count {
		out = append(out, m.newPrekey())
	}
	return out, nil
}

func (m *memStore) GenOnePreKey(context.Context) (*keys.PreKey, error) {
	defer m.lock()()
	k := m.newPrekey()
	m.uploaded[k.KeyID] = true
	return k, nil
}

func (m *memStore) GetPreKey(_ context.Context, id uint32) (*keys.PreKey, error) {
	defer m.lock()()
	return m.prekeys[id], nil
}

func (m *memStore) RemovePreKey(_ context.Context, id uint32) error {
	defer m.lock()()
	delete(m.prekeys, id)
	delete(m.uploaded, id)
	return nil
}

func (m *memStore) MarkPreKeysAsUploaded(_ context.Context, upTo uint32) error {
	defer m.lock()()
	for id := range m.prekeys {
		if id <= upTo {
			m.uploaded[id] = true
		}
	}
	return nil
}

func (m *memStore) UploadedPreKeyCount(context.Context) (int, error) {
	defer m.lock()()
	return len(m.uploaded), nil
}

// DoDecryptionTxn excludes sends while a message is decrypted.
func (m *memStore) DoDecryptionTxn(ctx context.Context, fn func(context.Context) error) error {
	m.decrypting <- struct{}{}
	defer func() { <-m.decrypting }()
	return fn(ctx)
}

func (m *memStore) GetBufferedEvent(_ context.Context, hash [32]byte) (*store.BufferedEvent, error) {
	defer m.lock()()
	return m.buffered[hash], nil
}

func (m *memStore) PutBufferedEvent(_ context.Context, hash [32]byte, plain []byte, sent time.Time) error {
	defer m.lock()()
	m.buffered[hash] = &store.BufferedEvent{Plaintext: plain, InsertTime: sent, ServerTime: sent}
	return nil
}

func (m *memStore) ClearBufferedEventPlaintext(_ context.Context, hash [32]byte) error {
	defer m.lock()()
	if b := m.buffered[hash]; b != nil {
		m.buffered[hash] = &store.BufferedEvent{InsertTime: b.InsertTime, ServerTime: b.ServerTime}
	}
	return nil
}
