"""Shows that no Garmin name leads away from this machine, before anything
else runs. It exits with an error otherwise."""

import ipaddress
import socket
import sys

HOSTS = [f"{name}.garmin.{end}" for name in ("sso", "diauth", "connectapi", "connect", "mobile.integration") for end in ("com", "cn")]
ELSEWHERE = "192.0.2.1"  # for documentation: nobody has it


def main():
    for name in HOSTS:
        try:
            found = {a[4][0] for a in socket.getaddrinfo(name, 443)}
        except socket.gaierror:
            continue  # leads nowhere, which is as good
        if not all(ipaddress.ip_address(a).is_loopback for a in found):
            sys.exit(f"{name} leads to {found}: stop")
    try:
        socket.getaddrinfo("example.org", 443)
        sys.exit("example.org was looked up: stop")
    except socket.gaierror as e:
        other = e.strerror
    s = socket.socket()
    s.settimeout(2)
    try:
        s.connect((ELSEWHERE, 443))
        sys.exit(f"{ELSEWHERE} was reached: stop")
    except OSError as e:
        far = e
    finally:
        s.close()
    at = socket.getaddrinfo("sso.garmin.com", 443)[0][4]
    print(f"guard: sso.garmin.com is {at[0]}:{at[1]}; example.org: {other}; {ELSEWHERE}: {far}", flush=True)


main()
