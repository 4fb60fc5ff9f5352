package whatsapptest

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// The prefixes of what phone and client sign when they pair.
var (
	accountSignaturePrefix = []byte{6, 0}
	deviceSignaturePrefix  = []byte{6, 1}
)

// refs is how many QR codes a client gets: 60 s for the first, 20 s for the
// others.
const refs = 6

// offer is an unpaired connection that shows QR codes.
type offer struct {
	conn    *conn
	refs    []string
	account *Account // set once scanned
	details []byte   // what was signed
	device  uint16
	query   string // id of the pair-success stanza
}

func (n *Network) offerPairing(c *conn) {
	o := &offer{conn: c}
	var children []node
	for range refs {
		random := derive(n.opts.Seed, "ref", n.serverID())
		ref := "2@" + base64.StdEncoding.EncodeToString(random[:24])
		o.refs = append(o.refs, ref)
		n.offers[ref] = o
		children = append(children, node{Tag: "ref", Content: []byte(ref)})
	}
	c.offer = o
	c.send(node{Tag: "iq", Attrs: attrs{"from": types.ServerJID, "type": "set", "id": n.serverID(), "xmlns": "md"},
		Content: []node{{Tag: "pair-device", Content: children}}})
}

// withdraw makes an offer's codes worthless.
func (n *Network) withdraw(o *offer) {
	for _, ref := range o.refs {
		delete(n.offers, ref)
	}
}

// code is what a QR code says.
type code struct {
	ref                     string
	noise, identity, secret []byte
}

func parseCode(qr string) (code, error) {
	_, after, found := strings.Cut(qr, "#")
	if found {
		qr = after
	}
	parts := strings.Split(qr, ",")
	if len(parts) < 4 {
		return code{}, errors.New("not a pairing code")
	}
	c := code{ref: parts[0]}
	for i, to := range []*[]byte{&c.noise, &c.identity, &c.secret} {
		raw, err := base64.StdEncoding.DecodeString(parts[i+1])
		if err != nil || len(raw) != 32 {
			return code{}, errors.New("not a pairing code")
		}
		*to = raw
	}
	return c, nil
}

// Scan is the account's owner pointing the phone at a QR code that a client
// shows; qr is its text.
func (a *Account) Scan(qr string) error {
	c, err := parseCode(qr)
	if err != nil {
		return fmt.Errorf("scan: %w", err)
	}
	n := a.net
	n.mu.Lock()
	defer n.mu.Unlock()
	o := n.offers[c.ref]
	if o == nil {
		return errors.New("scan: code is unknown or has expired")
	}
	if !bytes.Equal(c.noise, o.conn.key[:]) {
		return errors.New("scan: code is of another client")
	}
	n.withdraw(o)
	container, err := o.sign(a, c)
	if err != nil {
		return fmt.Errorf("scan: %w", err)
	}
	o.query = n.serverID()
	o.conn.send(node{Tag: "iq", Attrs: attrs{"from": types.ServerJID, "type": "set", "id": o.query, "t": n.unix(), "xmlns": "md"},
		Content: []node{{Tag: "pair-success", Content: []node{
			{Tag: "device-identity", Content: container},
			{Tag: "device", Attrs: attrs{"jid": a.pn(o.device), "lid": a.lidOf(o.device)}},
			{Tag: "platform", Attrs: attrs{"name": "android"}},
		}}}})
	return nil
}

// sign makes the phone vouch for the client: the account's signature over the
// client's identity, under the secret of the code.
func (o *offer) sign(a *Account, c code) ([]byte, error) {
	o.account, o.device = a, uint16(len(a.devices))
	// The number is taken even if the client never confirms.
	a.devices = append(a.devices, &device{account: a, id: o.device, removed: true})
	raw := derive(a.net.opts.Seed, "raw id", a.born)
	details, err := proto.Marshal(&waAdv.ADVDeviceIdentity{
		RawID: proto.Uint32(uint32(raw[0])<<8 | uint32(raw[1])), Timestamp: proto.Uint64(uint64(a.net.opts.Now().Unix())),
		KeyIndex: proto.Uint32(uint32(o.device)), AccountType: waAdv.ADVEncryptionType_E2EE.Enum(), DeviceType: waAdv.ADVEncryptionType_E2EE.Enum(),
	})
	if err != nil {
		return nil, err
	}
	o.details = details
	sig := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*a.identity.Priv), join(accountSignaturePrefix, details, c.identity))
	signed, err := proto.Marshal(&waAdv.ADVSignedDeviceIdentity{
		Details: details, AccountSignatureKey: a.identity.Pub[:], AccountSignature: sig[:],
	})
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, c.secret)
	mac.Write(signed)
	return proto.Marshal(&waAdv.ADVSignedDeviceIdentityHMAC{Details: signed, HMAC: mac.Sum(nil)})
}

// confirm reads the client's answer to pair-success and links the device.
func (n *Network) confirm(c *conn, in *node) {
	o := c.offer
	if o == nil || o.account == nil || text(in, "id") != o.query {
		return
	}
	if err := o.verify(in); err != nil {
		n.opts.Log.Warn().Err(err).Msg("pairing refused")
		c.sendLast(node{Tag: "stream:error", Attrs: attrs{"code": "401"}})
		return
	}
	data := c.payload.GetDevicePairingData()
	a := o.account
	d := a.devices[o.device]
	d.removed, d.key, d.identity, d.registration = false, c.key, data.GetEIdent(), data.GetERegid()
	d.signed = signedKey{id: data.GetESkeyID(), public: data.GetESkeyVal(), signature: data.GetESkeySig()}
	c.offer = nil
	c.sendLast(node{Tag: "stream:error", Attrs: attrs{"code": "515"}})
	a.devicesChanged("add", d)
}

// verify checks the client's own signature and that of its signed prekey.
func (o *offer) verify(in *node) error {
	sign, _ := child(in, "pair-device-sign")
	var identity waAdv.ADVSignedDeviceIdentity
	if err := proto.Unmarshal(childBytes(&sign, "device-identity"), &identity); err != nil {
		return fmt.Errorf("device identity: %w", err)
	}
	data := o.conn.payload.GetDevicePairingData()
	if len(data.GetEIdent()) != 32 || len(data.GetESkeyVal()) != 32 || len(data.GetESkeySig()) != 64 {
		return errors.New("client payload lacks keys")
	}
	if !bytes.Equal(identity.GetDetails(), o.details) {
		return errors.New("device identity is not the one that was offered")
	}
	key := ecc.NewDjbECPublicKey([32]byte(data.GetEIdent()))
	signed := join(deviceSignaturePrefix, o.details, data.GetEIdent(), o.account.identity.Pub[:])
	if len(identity.GetDeviceSignature()) != 64 || !ecc.VerifySignature(key, signed, [64]byte(identity.GetDeviceSignature())) {
		return errors.New("device signature is wrong")
	}
	if !signedBy(data.GetEIdent(), data.GetESkeyVal(), data.GetESkeySig()) {
		return errors.New("signature of the prekey is wrong")
	}
	return nil
}

// signedBy reports whether sig is identity's signature of a public prekey.
func signedBy(identity, prekey, sig []byte) bool {
	if len(identity) != 32 || len(prekey) != 32 || len(sig) != 64 {
		return false
	}
	return ecc.VerifySignature(ecc.NewDjbECPublicKey([32]byte(identity)), join([]byte{ecc.DjbType}, prekey), [64]byte(sig))
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
