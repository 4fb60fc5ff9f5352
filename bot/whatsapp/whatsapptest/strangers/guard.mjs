// Lets this process connect to loopback and nowhere else. It is loaded before
// anything else (node --import), so what is imported later has no other way out.
import dgram from 'node:dgram'
import dns from 'node:dns'
import net from 'node:net'

const loopback = host => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

function refuse(host) {
  throw new Error(`guard: connection to ${host} refused, only loopback is allowed`)
}

function target(args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]
  if (first !== null && typeof first === 'object') return first.path ?? first.host ?? 'localhost'
  if (typeof first === 'string' && Number.isNaN(Number(first))) return first // a path
  return typeof args[1] === 'string' ? args[1] : 'localhost'
}

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const host = target(args)
  if (!loopback(host)) refuse(host)
  return connect.apply(this, args)
}

for (const [owner, names] of [[dns, ['lookup', 'resolve', 'resolve4', 'resolve6']], [dns.promises, ['lookup', 'resolve', 'resolve4', 'resolve6']]]) {
  for (const name of names) {
    const ask = owner[name]
    owner[name] = function (host, ...rest) {
      if (!loopback(host)) refuse(host)
      return ask.call(this, host, ...rest)
    }
  }
}

dgram.Socket.prototype.send = () => refuse('a datagram address')
dgram.Socket.prototype.connect = () => refuse('a datagram address')
