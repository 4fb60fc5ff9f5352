// Baileys, unchanged on disk, against a simulated WhatsApp. From outside it gets
// an address (waWebSocketUrl), a certificate authority (NODE_EXTRA_CA_CERTS) and
// the key that it checks Noise certificates with (a property of an object that
// it exports). Run by run.sh.
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Before anything else: nothing but loopback can be reached.
for (const host of ['192.0.2.1', 'web.whatsapp.com', 'mmg.whatsapp.net']) {
  assert.throws(() => net.connect({ host, port: 443 }), /guard/)
  await assert.rejects(fetch(`https://${host}/`))
}
assert.ok(process.env.SIM_ADDRESS?.startsWith('127.0.0.1:'))
said('guard: 192.0.2.1, web.whatsapp.com and mmg.whatsapp.net cannot be reached')

for (const level of ['info', 'warn', 'error']) console[level] = () => {} // libsignal prints sessions there
const baileys = await import('@whiskeysockets/baileys')
const { default: makeWASocket, Curve, DisconnectReason, generateSignalPubKey, downloadMediaMessage, useMultiFileAuthState, WA_CERT_DETAILS, WAMessageStatus } = baileys
const { default: pino } = await import('pino')
const { default: signal } = await import('libsignal/src/curve.js')

// This version takes every signature for good: its Curve.verify counts on an
// exception, and libsignal returns false instead. What it decides is left as it
// is; what it should have decided is kept.
const checks = []
const verify = Curve.verify
Curve.verify = (key, message, signature) => {
  checks.push(signal.verifySignature(generateSignalPubKey(key), message, signature))
  return verify(key, message, signature)
}

const address = process.env.SIM_ADDRESS
const logger = pino({ level: process.env.BAILEYS_LOG ?? 'silent' }, pino.destination(2))
const { state, saveCreds } = await useMultiFileAuthState(mkdtempSync(join(process.env.SIM_TEMP ?? tmpdir(), 'auth-')))

const messages = [] // received, newest last
const updates = [] // of messages that were sent
const members = [] // changes of groups
let sock
let trusted = false

function said(line) {
  console.log(line)
}

async function sim(path, body) {
  const r = await fetch(`https://${address}/_sim/${path}`, body ? { method: 'POST', body: JSON.stringify(body) } : {})
  if (r.headers.get('content-type') !== 'application/json') return Buffer.from(await r.arrayBuffer())
  const value = await r.json()
  if (!r.ok) throw new Error(`${path}: ${value.error}`)
  return value
}

async function until(what, probe) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise(r => setTimeout(r, 50))) {
    const found = await probe()
    if (found) return found
  }
  throw new Error(`waited in vain for ${what}`)
}

// connect returns once the socket is open, or with the reason why it closed.
function connect() {
  return new Promise((resolve, reject) => {
    sock = makeWASocket({ waWebSocketUrl: `wss://${address}/ws/chat`, auth: state, logger })
    sock.ev.on('creds.update', saveCreds)
    sock.ev.on('messages.upsert', e => messages.push(...e.messages.filter(m => m.message)))
    sock.ev.on('messages.update', e => updates.push(...e))
    sock.ev.on('message-receipt.update', e => updates.push(...e))
    sock.ev.on('group-participants.update', e => members.push(e))
    sock.ev.on('connection.update', e => {
      if (e.qr && !trusted) resolve('untrusted')
      else if (e.qr) sim('scan', { account: 'bot', code: e.qr }).then(() => said('QR code shown by Baileys and scanned by the bot\'s phone'), reject)
      if (e.connection === 'open') resolve('open')
      if (e.connection === 'close') resolve(e.lastDisconnect?.error)
    })
  })
}

const textOf = m => m.message.conversation || m.message.extendedTextMessage?.text || m.message.imageMessage?.caption
const incoming = text => until(`"${text}"`, () => messages.find(m => !m.key.fromMe && textOf(m) === text))
const heard = (account, id) => until(`${account} to get ${id}`, async () => (await sim(`received?account=${account}`)).find(m => m.id === id))
const status = (id, wanted) => until(`status ${wanted} of ${id}`, () => updates.find(u => u.key.id === id && u.update?.status >= wanted))

await connect()
await sock.end(undefined)
assert.deepEqual(checks.splice(0), [true, false])
said('under its own trust anchor the signature of the intermediate certificate does not hold, as it must be')

WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(process.env.SIM_ROOT, 'hex')
trusted = true
let end = await connect()
assert.equal(end.output?.statusCode, DisconnectReason.restartRequired)
said('paired; the server asks to connect again')
end = await connect()
assert.equal(end, 'open')
assert.ok(checks.length >= 4 && checks.every(Boolean))
said(`under the simulation's root all ${checks.length} signatures of certificates and pairing hold`)
said(`logged in as device ${state.creds.me.id.split(':')[1].split('@')[0]} of the bot's account`)

const people = await sim('accounts')
const ana = people.find(p => p.name === 'Ana')
const ben = people.find(p => p.name === 'Ben')
const club = (await sim('groups')).find(g => g.name === 'Tuesday Runners')
for (const account of ['Ana', 'Ben']) await sim('link', { account })
await until('the name from the app state', () => state.creds.me.name)
said(`app state read: the account is called ${state.creds.me.name}`)

const hello = await sim('say', { account: 'Ana', to: 'bot', text: 'hello stranger' })
const first = await incoming('hello stranger')
said(`Ana -> Baileys: ${textOf(first)}  (from ${first.key.remoteJid === ana.lid ? 'her LID' : first.key.remoteJid}, other address ${first.key.remoteJidAlt === ana.pn ? 'her number' : first.key.remoteJidAlt})`)
await sock.readMessages([first.key])
const kinds = await until('two receipts', async () => {
  const all = (await sim(`receipts?account=Ana&id=${hello.id}`)).map(r => r.kind)
  return all.includes('read') && all.length >= 2 && all
})
said(`Ana's receipts for it: ${kinds.map(k => k || 'delivered').join(', ')}`)

for (const [name, jid] of [['her number', ana.pn], ['her LID', ana.lid]]) {
  const sent = await sock.sendMessage(jid, { text: `hello Ana, by ${name}` })
  const got = await heard('Ana', sent.key.id)
  await status(sent.key.id, WAMessageStatus.DELIVERY_ACK)
  await sim('read', { account: 'Ana', id: sent.key.id })
  await status(sent.key.id, WAMessageStatus.READ)
  said(`Baileys -> Ana: ${got.text}  (sent, delivered, read)`)
}

await sim('say', { account: 'Ben', to: 'Tuesday Runners', text: 'who runs today?' })
const asked = await incoming('who runs today?')
assert.equal(asked.key.remoteJid, club.jid)
said(`Ben -> Tuesday Runners: ${textOf(asked)}  (Baileys reads it)`)
const answer = await sock.sendMessage(club.jid, { text: 'I do' }, { quoted: asked })
for (const account of ['Ana', 'Ben']) {
  const got = await heard(account, answer.key.id)
  assert.equal(got.quoted, asked.key.id)
  said(`Baileys -> Tuesday Runners: ${got.text}  (${account} reads it, quoting Ben)`)
}
const reaction = await sock.sendMessage(club.jid, { react: { text: '👍', key: asked.key } })
said(`Baileys reacts ${(await heard('Ben', reaction.key.id)).text} to Ben`)
const group = await sock.groupMetadata(club.jid)
said(`Baileys sees ${group.participants.length} members of ${group.subject}, addressed by ${group.addressingMode}`)
await sim('group', { group: 'Tuesday Runners', by: 'Ana', do: 'add', who: 'Zoe' })
const change = await until('Zoe', () => members.find(m => m.action === 'add'))
said(`Baileys hears: ${change.action} of ${change.participants.length} in the group`)

const picture = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64')
const photo = Buffer.concat([picture, Buffer.alloc(100_000, 7)])
const sentPhoto = await sock.sendMessage(ana.lid, { image: photo, caption: 'a picture', mimetype: 'image/jpeg', jpegThumbnail: picture.toString('base64') })
await heard('Ana', sentPhoto.key.id)
assert.ok((await sim(`file?account=Ana&id=${sentPhoto.key.id}`)).equals(photo))
said(`Baileys -> Ana: picture of ${photo.length} bytes, uploaded, downloaded and equal`)
await sim('say', { account: 'Ana', to: 'bot', text: 'another picture', mime: 'image/jpeg', image: photo.toString('base64') })
const back = await incoming('another picture')
assert.ok((await downloadMediaMessage(back, 'buffer', {}, { logger, reuploadRequest: sock.updateMediaMessage })).equals(photo))
said(`Ana -> Baileys: picture of ${photo.length} bytes, downloaded and equal`)

await sock.end(undefined)
await until('the end of the connection', () => sock.ws.isClosed)
await sim('say', { account: 'Ana', to: 'bot', text: 'while you were away' })
assert.equal(await connect(), 'open')
await incoming('while you were away')
said('Ana -> Baileys while it was away: arrives at the next login')
assert.ok(checks.every(Boolean))
await sock.logout()
await until('the device to be unlinked', async () => (await sim('accounts')).find(p => p.phone === '351910009999').devices.length === 0)
said('Baileys logs out: the account has no linked device')
said('all is well')
process.exit(0)
