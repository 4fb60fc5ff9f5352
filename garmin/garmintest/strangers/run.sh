#!/usr/bin/env bash
# Plays stranger.py with python-garminconnect from PyPI against
# `clubrun simulate garmin`. Only pip leaves this machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=${GARMINCONNECT:-0.3.20} # newest: whatever the index has
bundle=("requests>=2.33" "ua-generator>=1.0")

skip() {
	echo "skipped: $1"
	exit 0
}

python=
for p in ${PYTHON:-} python3.14 python3.13 python3.12 python3 $(ls -rd "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3 2>/dev/null); do
	if "$p" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
		python=$p
		break
	fi
done
[ -n "$python" ] || skip "no Python 3.12 or later with venv and pip"

work=$(mktemp -d "${TMPDIR:-/tmp}/clubrun-strangers-XXXXXX")
trap 'rm -rf "$work"' EXIT

"$python" -m venv "$work/venv" 2>"$work/pip.txt" || skip "no venv: $(tail -1 "$work/pip.txt")"
pip=("$work/venv/bin/python" -m pip --quiet --disable-pip-version-check --timeout 20 --retries 1 install)
library="garminconnect==$version"
[ "$version" != newest ] || library="garminconnect>=0.3.12"
# Without its dependencies: curl_cffi lies in a folder of its own, for the part that wants it.
"${pip[@]}" --no-deps "$library" 2>"$work/pip.txt" && "${pip[@]}" "${bundle[@]}" 2>"$work/pip.txt" ||
	skip "the package index gives no $library: $(tail -1 "$work/pip.txt")"

clubrun=${CLUBRUN:-$work/clubrun}
[ -n "${CLUBRUN:-}" ] || (cd "$here/../../.." && go build -o "$clubrun" ./cmd/clubrun)

# serve starts the simulation of a part and waits until it says where it listens.
serve() {
	local name=$1
	shift
	"$clubrun" simulate garmin --tls-dir "$work/$name" "$@" >"$work/$name.server" 2>&1 &
	server=$!
	for _ in $(seq 100); do
		at=$(sed -n 's/.* listens on //p' "$work/$name.server")
		[ -z "$at" ] || return 0
		sleep 0.1
	done
	cat "$work/$name.server"
	exit 1
}

stop() {
	if [ -n "${server:-}" ]; then
		kill -INT "$server" 2>/dev/null && wait "$server"
		server=
	fi
}

# play shows that nothing leaves this machine, then plays a part against a
# simulation of its own: the part, PYTHONPATH, what the simulation is told.
play() {
	local name=$1 path=$2 ca=$work/$1/ca.pem
	trap 'stop || true' EXIT
	serve "$name" "${@:3}"
	local clean=(env -u HTTPS_PROXY -u https_proxy -u HTTP_PROXY -u http_proxy -u ALL_PROXY -u all_proxy -u GARMINTOKENS
		REQUESTS_CA_BUNDLE="$ca" CURL_CA_BUNDLE="$ca" SSL_CERT_FILE="$ca" PYTHONDONTWRITEBYTECODE=1 GARMIN_SIM="$at" PYTHONPATH="$path"
		"$work/venv/bin/python")
	"${clean[@]}" "$here/guard.py"
	"${clean[@]}" "$here/stranger.py" "$name"
}

# Most of the time the client waits, as it does before it signs in: so the
# parts are played side by side, and told one after the other.
(play plain "$here/loopback" --listen 127.0.0.1:0) >"$work/plain.txt" 2>&1 &
plain=$!
(play impatient "$here/loopback" --listen 127.0.0.1:0 --assume access-life=903s --assume page-first=true) >"$work/impatient.txt" 2>&1 &
impatient=$!

# curl looks names up by itself: so a hosts file, in a namespace without any
# network but loopback.
withCurl() {
	"${pip[@]}" --target "$work/curl_cffi" "curl_cffi>=0.15" 2>"$work/pip.txt" || skip "the package index gives no curl_cffi: $(tail -1 "$work/pip.txt")"
	unshare --map-root-user --mount --net true 2>/dev/null || skip "this machine grants no namespaces"
	{
		echo "127.0.0.1 localhost"
		echo "127.0.0.1 sso.garmin.com diauth.garmin.com connectapi.garmin.com connect.garmin.com mobile.integration.garmin.com"
	} >"$work/hosts"
	export -f serve stop play
	export work clubrun here
	unshare --map-root-user --mount --net bash -euo pipefail -c '
		mount --bind "$work/hosts" /etc/hosts
		"$work/venv/bin/python" "$here/lo.py"
		play curl "$work/curl_cffi" --listen 127.0.0.1:443
	'
}
(withCurl) >"$work/curl.txt" 2>&1 &
curl=$!

# told prints a part once it is over.
told() {
	local code=0
	wait "$2" || code=$?
	echo "-- $3"
	cat "$work/$1.txt"
	[ "$code" -eq 0 ] || failed=$1
}
failed=
told plain "$plain" "without curl_cffi"
told impatient "$impatient" "without curl_cffi, against short lives and strict pages"
told curl "$curl" "with curl_cffi"
[ -z "$failed" ] || exit 1
