"""Python loads this at start when its folder is on PYTHONPATH. It sends every
Garmin name to the simulation that GARMIN_SIM names (127.0.0.1:8443), and
refuses every other name and every address that is not this machine's."""

import ipaddress
import os
import socket

_host, _port = os.environ["GARMIN_SIM"].rsplit(":", 1)
_getaddrinfo = socket.getaddrinfo
_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def _garmin(name):
    return name in ("garmin.com", "garmin.cn") or name.endswith((".garmin.com", ".garmin.cn"))


def getaddrinfo(host, port, *args, **kwargs):
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    name = name.lower().rstrip(".")
    if _garmin(name):
        return _getaddrinfo(_host, int(_port), *args, **kwargs)
    if name in ("localhost", "127.0.0.1", "::1"):
        return _getaddrinfo(host, port, *args, **kwargs)
    raise socket.gaierror(socket.EAI_FAIL, f"refused: {name} is not simulated")


def _refuse_name(name, *_):
    raise socket.gaierror(socket.EAI_FAIL, f"refused: {name} is not looked up here")


def _here(sock, address):
    if sock.family == socket.AF_UNIX:
        return
    if not ipaddress.ip_address(address[0]).is_loopback:
        raise OSError(f"refused: {address[0]} is not this machine")


def connect(self, address):
    _here(self, address)
    return _connect(self, address)


def connect_ex(self, address):
    _here(self, address)
    return _connect_ex(self, address)


socket.getaddrinfo = getaddrinfo
socket.gethostbyname = socket.gethostbyname_ex = _refuse_name
socket.socket.connect, socket.socket.connect_ex = connect, connect_ex
