package whatsapptest

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/keys/prekey"
	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/session"
	"go.mau.fi/libsignal/util/optional"
	"go.mau.fi/whatsmeow/appstate"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waHistorySync"
	"go.mau.fi/whatsmeow/proto/waServerSync"
	"go.mau.fi/whatsmeow/store"
	waLog "go.mau.fi/whatsmeow/util/log"
	"google.golang.org/protobuf/proto"
)

// welcome makes the phone share its app state with a client that logged in for
// the first time: it learns the account's name, without which it cannot say
// that it is online.
func (n *Network) welcome(d *device) {
	if d.shared || d.removed {
		return
	}
	if err := d.account.share(d); err != nil {
		n.opts.Log.Error().Err(err).Msg("app state is not shared")
		return
	}
	d.shared = true
}

func (a *Account) share(d *device) error {
	ctx := context.Background()
	if a.stateKey == nil {
		if err := a.keepName(ctx); err != nil {
			return err
		}
	}
	key, err := a.primary.AppStateKeys.GetAppStateSyncKey(ctx, a.stateKey)
	if err != nil {
		return fmt.Errorf("app state key: %w", err)
	}
	err = a.peerMessage(ctx, d, &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_APP_STATE_SYNC_KEY_SHARE.Enum(),
		AppStateSyncKeyShare: &waE2E.AppStateSyncKeyShare{Keys: []*waE2E.AppStateSyncKey{{
			KeyID: &waE2E.AppStateSyncKeyId{KeyID: a.stateKey},
			KeyData: &waE2E.AppStateSyncKeyData{
				KeyData: key.Data, Timestamp: &key.Timestamp,
				Fingerprint: &waE2E.AppStateSyncKeyFingerprint{RawID: proto.Uint32(1), CurrentIndex: proto.Uint32(0)},
			},
		}}},
	}})
	if err != nil || !a.net.rules.History {
		return err
	}
	return a.sendHistory(ctx, d)
}

// sendHistory sends a client the chats from before it was linked: none.
func (a *Account) sendHistory(ctx context.Context, d *device) error {
	kind := waHistorySync.HistorySync_INITIAL_BOOTSTRAP
	raw, err := proto.Marshal(&waHistorySync.HistorySync{SyncType: &kind, ChunkOrder: proto.Uint32(1), Progress: proto.Uint32(100)})
	if err != nil {
		return fmt.Errorf("marshal history: %w", err)
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, err = z.Write(raw)
	if err = errors.Join(err, z.Close()); err != nil {
		return fmt.Errorf("pack history: %w", err)
	}
	return a.peerMessage(ctx, d, &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_HISTORY_SYNC_NOTIFICATION.Enum(),
		HistorySyncNotification: &waE2E.HistorySyncNotification{
			SyncType: waE2E.HistorySyncType_INITIAL_BOOTSTRAP.Enum(), ChunkOrder: proto.Uint32(1), Progress: proto.Uint32(100),
			InitialHistBootstrapInlinePayload: packed.Bytes(),
		},
	}})
}

// keepName makes the app state key and the first patch: the account's name.
func (a *Account) keepName(ctx context.Context) error {
	random := derive(a.net.opts.Seed, "app state", a.born)
	id := random[:6]
	data := derive(a.net.opts.Seed, "app state key", a.born)
	key := store.AppStateSyncKey{Data: data[:], Fingerprint: []byte{}, Timestamp: a.net.opts.Now().UnixMilli()}
	if err := a.primary.AppStateKeys.PutAppStateSyncKey(ctx, id, key); err != nil {
		return fmt.Errorf("app state key: %w", err)
	}
	info := appstate.BuildSettingPushName(a.name)
	info.Timestamp = a.net.opts.Now()
	patch, err := appstate.NewProcessor(a.primary, waLog.Noop).EncodePatch(ctx, id, appstate.HashState{}, info)
	if err != nil {
		return fmt.Errorf("app state patch: %w", err)
	}
	name := string(appstate.WAPatchCriticalBlock)
	a.states[name] = append(a.states[name], patch)
	a.stateKey = id
	return nil
}

// peerMessage encrypts a message from the phone for one of its clients.
func (a *Account) peerMessage(ctx context.Context, d *device, m *waE2E.Message) error {
	enc, err := a.seal(ctx, d, m)
	if err != nil {
		return fmt.Errorf("peer message: %w", err)
	}
	d.deliver(node{Tag: "message", Attrs: attrs{
		"from": a.lidOf(0), "id": a.net.serverID(), "t": a.net.unix(), "type": "text",
		"category": "peer", "notify": a.name, "addressing_mode": "lid",
	}, Content: []node{enc}})
	return nil
}

// seal encrypts what the phone says for one of its clients.
func (a *Account) seal(ctx context.Context, d *device, m *waE2E.Message) (enc node, err error) {
	to := d.lid().SignalAddress()
	builder := session.NewBuilderFromSignal(a.primary, to, store.SignalProtobufSerializer)
	known, err := a.primary.ContainsSession(ctx, to)
	if err != nil {
		return node{}, fmt.Errorf("session: %w", err)
	}
	if !known {
		bundle, err := d.bundle()
		if err != nil {
			return node{}, err
		}
		if err = builder.ProcessBundle(ctx, bundle); err != nil {
			return node{}, fmt.Errorf("session: %w", err)
		}
	}
	plain, err := proto.Marshal(m)
	if err != nil {
		return node{}, fmt.Errorf("marshal: %w", err)
	}
	sealed, err := session.NewCipher(builder, to).Encrypt(ctx, append(plain, 1)) // one byte of padding
	if err != nil {
		return node{}, fmt.Errorf("encrypt: %w", err)
	}
	kind := "msg"
	if sealed.Type() == protocol.PREKEY_TYPE {
		kind = "pkmsg"
	}
	return node{Tag: "enc", Attrs: attrs{"v": "2", "type": kind}, Content: sealed.Serialize()}, nil
}

// bundle takes the device's keys for a session that the phone opens.
func (d *device) bundle() (*prekey.Bundle, error) {
	one, ok := d.takeKey()
	if !ok || len(d.registration) != 4 || len(d.signed.id) != 3 {
		return nil, errors.New("client has no prekeys")
	}
	return prekey.NewBundle(binary.BigEndian.Uint32(d.registration), uint32(d.id),
		optional.NewOptionalUint32(uint24(one.id)), uint24(d.signed.id),
		ecc.NewDjbECPublicKey([32]byte(one.public)), ecc.NewDjbECPublicKey([32]byte(d.signed.public)),
		[64]byte(d.signed.signature), identity.NewKey(ecc.NewDjbECPublicKey([32]byte(d.identity)))), nil
}

func uint24(b []byte) uint32 { return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2]) }

// stateQuery answers with the patches that the client does not have, after
// taking in its own.
func (n *Network) stateQuery(c *conn, in *node, first node) {
	a := c.device.account
	var out []node
	for _, asked := range first.GetChildren() {
		if asked.Tag == "collection" {
			out = append(out, a.collection(&asked))
		}
	}
	c.send(result(in, node{Tag: "sync", Content: out}))
}

func (a *Account) collection(asked *node) node {
	name := text(asked, "name")
	have, _ := strconv.Atoi(text(asked, "version"))
	if patch, ok := child(asked, "patch"); ok {
		a.states[name] = append(a.states[name], bytesOf(patch))
	}
	all := a.states[name]
	out := node{Tag: "collection", Attrs: attrs{"name": name, "version": len(all), "type": "result"}}
	var patches []node
	for i := max(have, 0); i < len(all); i++ {
		var p waServerSync.SyncdPatch
		if proto.Unmarshal(all[i], &p) != nil {
			continue
		}
		p.Version = &waServerSync.SyncdVersion{Version: proto.Uint64(uint64(i + 1))}
		data, err := proto.Marshal(&p)
		if err != nil {
			continue
		}
		patches = append(patches, node{Tag: "patch", Content: data})
	}
	if len(patches) > 0 {
		out.Content = []node{{Tag: "patches", Content: patches}}
	}
	return out
}
