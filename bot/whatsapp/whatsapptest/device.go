package whatsapptest

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"go.mau.fi/whatsmeow/types"
)

type signedKey struct{ id, public, signature []byte }

type oneTimeKey struct{ id, public []byte }

// device is the phone (id 0) or a linked client. All fields are guarded by
// net.mu.
type device struct {
	account      *Account
	id           uint16
	key          [32]byte // Noise key that it logs in with
	identity     []byte
	registration []byte // 4 bytes, big endian
	signed       signedKey
	oneTime      []oneTimeKey
	asked        bool // for more one-time keys
	shared       bool // the phone sent its app state key
	removed      bool
	conn         *conn
	pending      []*stanza
}

// stanza is one entry of a device's queue.
type stanza struct {
	node    node
	sent    bool // on this connection
	control bool // needs no acknowledgement
	queued  time.Time
}

func (d *device) lid() types.JID { return d.account.lidOf(d.id) }

// deliver queues a stanza until the client acknowledges it. The phone reads at
// once, and only its chat with itself.
func (d *device) deliver(out node) {
	if d.id == 0 {
		d.account.readOwn(out)
		return
	}
	if d.removed {
		return
	}
	if out.Attrs["id"] == nil {
		out = withAttr(out, "id", d.account.net.serverID())
	}
	d.pending = append(d.pending, &stanza{node: out, queued: d.account.net.opts.Now()})
	d.pump()
}

// pump sends what is queued as far as the window allows.
func (d *device) pump() {
	if d.conn == nil {
		return
	}
	inFlight := 0
	var left []*stanza
	for _, s := range d.pending {
		if !s.sent && inFlight < d.account.net.rules.InFlight {
			d.conn.send(s.node)
			s.sent = true
			d.remind(s)
		}
		if s.sent && s.control {
			continue
		}
		if s.sent {
			inFlight++
		}
		left = append(left, s)
	}
	d.pending = left
}

// settle removes the first queued stanza that an acknowledgement names.
func (d *device) settle(tag, id string, from, participant types.JID) {
	for i, s := range d.pending {
		if s.node.Tag != tag || s.node.Attrs["id"] != id || !sameAddress(address(&s.node, "from"), from) {
			continue
		}
		if !participant.IsEmpty() && !sameAddress(address(&s.node, "participant"), participant) {
			continue
		}
		d.pending = slices.Delete(d.pending, i, i+1)
		d.pump()
		return
	}
}

// sameAddress compares without regard to agent; an empty want matches all.
func sameAddress(have, want types.JID) bool {
	return want.IsEmpty() || have.User == want.User && have.Server == want.Server && have.Device == want.Device
}

// resume puts the client on a new connection: everything not acknowledged is
// sent again, marked as offline, between a preview and an end mark.
func (d *device) resume(c *conn) {
	d.conn = c
	oldest := c.net.opts.Now().Add(-c.net.rules.QueueLife)
	d.pending = slices.DeleteFunc(d.pending, func(s *stanza) bool { return s.control || s.queued.Before(oldest) })
	count := map[string]int{}
	for i, s := range d.pending {
		s.sent, s.node = false, withAttr(s.node, "offline", decimal(uint64(i)))
		count[s.node.Tag]++
	}
	total := len(d.pending)
	if total > 0 || c.net.rules.PreviewAlways {
		c.send(ib(node{Tag: "offline_preview", Attrs: attrs{
			"count": total, "message": count["message"], "receipt": count["receipt"],
			"notification": count["notification"], "appdata": 0,
		}}))
	}
	end := ib(node{Tag: "offline", Attrs: attrs{"count": total}})
	d.pending = append(d.pending, &stanza{node: end, control: true})
	d.pump()
}

// remind sends a stanza again on the same connection while the client does not
// acknowledge it, where the rules say so.
func (d *device) remind(s *stanza) {
	n, c := d.account.net, d.conn
	if n.rules.Redeliver <= 0 || s.control {
		return
	}
	time.AfterFunc(n.rules.Redeliver, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		if d.conn != c || n.closed || !slices.Contains(d.pending, s) {
			return
		}
		c.send(s.node)
		d.remind(s)
	})
}

func ib(content node) node {
	return node{Tag: "ib", Attrs: attrs{"from": types.ServerJID}, Content: []node{content}}
}

// remove unlinks a client for good.
func (d *device) remove() {
	if d.removed {
		return
	}
	d.removed, d.pending = true, nil
	d.account.devicesChanged("remove", d)
	if d.conn == nil {
		return
	}
	d.conn.sendLast(node{Tag: "stream:error", Attrs: attrs{"code": "401"}, Content: []node{
		{Tag: "conflict", Attrs: attrs{"type": "device_removed"}},
	}})
}

// devicesChanged tells those who know a's devices, and a's own, of a change.
func (a *Account) devicesChanged(change string, d *device) {
	for _, w := range a.watchers {
		if w.server == types.DefaultUserServer || !slices.Contains(a.watchers, watcher{w.account, types.DefaultUserServer}) {
			w.account.tell(a.deviceNews(change, d, a.net.newsServer(w)))
		}
	}
	var own []node
	for _, x := range a.present() {
		own = append(own, node{Tag: "device", Attrs: attrs{"jid": a.pn(x.id)}})
	}
	for _, x := range a.companions() {
		if x == d {
			continue
		}
		x.deliver(node{Tag: "notification", Attrs: attrs{"from": a.pn(0), "type": "account_sync", "t": a.net.unix()}, Content: []node{
			{Tag: "devices", Attrs: attrs{"dhash": phash(a.addresses(types.DefaultUserServer))}, Content: own},
		}})
	}
}

// newsServer tells under which kind of address a watcher hears of devices.
func (n *Network) newsServer(w watcher) string {
	switch n.rules.DeviceNews {
	case newsByPN:
		return types.DefaultUserServer
	case newsByLID:
		return types.HiddenUserServer
	}
	return w.server
}

// deviceNews tells of a device by phone number and LID, or by LID alone.
func (a *Account) deviceNews(change string, d *device, server string) node {
	now := a.net.unix()
	out := attrs{"from": a.pn(0), "lid": a.lidOf(0), "type": "devices", "t": now}
	list := attrs{"device_hash": phash(a.addresses(types.DefaultUserServer)), "device_lid_hash": phash(a.addresses(types.HiddenUserServer))}
	one := attrs{"jid": a.pn(d.id), "lid": a.lidOf(d.id), "key-index": int(d.id)}
	if server == types.HiddenUserServer {
		out = attrs{"from": a.lidOf(0), "type": "devices", "t": now}
		list = attrs{"device_hash": phash(a.addresses(types.HiddenUserServer))}
		one = attrs{"jid": a.lidOf(d.id), "key-index": int(d.id)}
	}
	return node{Tag: "notification", Attrs: out, Content: []node{{Tag: change, Attrs: list, Content: []node{
		{Tag: "device", Attrs: one}, {Tag: "key-index-list", Attrs: attrs{"ts": now}},
	}}}}
}

// addresses lists the devices that senders encrypt for.
func (a *Account) addresses(server string) []types.JID {
	var out []types.JID
	for _, d := range a.present() {
		if server == types.HiddenUserServer {
			out = append(out, a.lidOf(d.id))
			continue
		}
		out = append(out, a.pn(d.id))
	}
	return out
}

// phash is WhatsApp's hash of a list of devices: the sorted addresses, SHA-256,
// six bytes.
func phash(devices []types.JID) string {
	list := make([]string, len(devices))
	for i, j := range devices {
		list[i] = j.ADString()
	}
	slices.Sort(list)
	sum := sha256.Sum256([]byte(strings.Join(list, "")))
	return "2:" + base64.RawStdEncoding.EncodeToString(sum[:6])
}
