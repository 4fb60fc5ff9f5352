#!/usr/bin/env bash
# Lets Baileys from npm talk to `clubrun simulate whatsapp` and prints what was
# said. Only npm leaves this machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

skip() {
	echo "skipped: $1"
	exit 0
}
command -v node >/dev/null && command -v npm >/dev/null || skip "no node and npm"
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || skip "node is older than 20"

work=$(mktemp -d "${TMPDIR:-/tmp}/clubrun-strangers-XXXXXX")
server=
stop() {
	if [ -n "$server" ]; then
		kill -INT "$server" 2>/dev/null && wait "$server"
		server=
	fi
}
trap 'stop || true; rm -rf "$work"' EXIT

cp "$here"/package.json "$here"/*.mjs "$work"
(cd "$work" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --omit=peer --fetch-retries 1 --fetch-retry-mintimeout 1000 --fetch-timeout 20000) >"$work/npm.txt" 2>&1 ||
	skip "npm gives no Baileys: $(grep -m 1 'npm error' "$work/npm.txt" || tail -1 "$work/npm.txt")"

clubrun=${CLUBRUN:-$work/clubrun}
[ -n "${CLUBRUN:-}" ] || (cd "$here/../../../.." && go build -o "$clubrun" ./cmd/clubrun)

"$clubrun" simulate whatsapp --listen 127.0.0.1:0 --tls-dir "$work/tls" --assume history=true >"$work/server.txt" 2>"$work/log.txt" &
server=$!
for _ in $(seq 100); do
	! grep -q '^  groups' "$work/server.txt" || break
	sleep 0.1
done
address=$(sed -n 's/.* listens on //p' "$work/server.txt")
root=$(sed -n 's/^  root *//p' "$work/server.txt")
[ -n "$root" ] || { cat "$work/server.txt" "$work/log.txt"; exit 1; }

(cd "$work" && SIM_ADDRESS=$address SIM_ROOT=$root SIM_TEMP=$work NODE_EXTRA_CA_CERTS=$work/tls/whatsapp-ca.pem \
	timeout 120 node --import ./guard.mjs baileys.mjs) || { cat "$work/log.txt"; exit 1; }
if grep -v '^$' "$work/log.txt"; then
	echo "the server warned"
	exit 1
fi
stop
echo "the server stops cleanly"
