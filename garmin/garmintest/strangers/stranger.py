"""An unmodified python-garminconnect against the simulation: signs in each
way, lists, reads, downloads, refreshes, resumes, and is refused. The first
argument is the part to play: plain, impatient or curl."""

import base64
import datetime
import hashlib
import importlib.metadata
import io
import json
import logging
import pathlib
import sys
import tempfile
import time
import zipfile

import requests
from garminconnect import (
    Garmin,
    GarminConnectAuthenticationError,
    GarminConnectConnectionError,
    GarminConnectNotFoundError,
    GarminConnectTooManyRequestsError,
)

from conformance import Conformance

SIM = "https://sso.garmin.com/_sim/"
ALL = {"mobile+cffi", "mobile+requests", "widget+cffi", "portal+cffi", "portal+requests"}


def say(text):
    print("ok   " + text, flush=True)


def want(holds, text):
    if not holds:
        sys.exit("FAILED: " + text)


def codes():
    return requests.get(SIM + "codes", timeout=10).json()


def disturb(email, what, arg=""):
    r = requests.post(SIM + "disturb", json={"email": email, "what": what, "arg": arg}, timeout=10)
    want(r.status_code == 204, f"disturb {what}: {r.status_code} {r.text}")


def person(name, way="mobile+requests", password=None, **more):
    g = Garmin(f"{name}@example.org", password or f"{name}-pass-1", retry_attempts=0, **more)
    g.client.skip_strategies = ALL - {way}
    return g


def refused(kind, doing, what):
    try:
        doing()
    except Exception as e:
        want(type(e) is kind, f"{what}: {type(e).__name__}: {e}")
        say(f"{what}: {type(e).__name__}")
        return
    sys.exit(f"FAILED: {what} was let through")


def unmodified():
    dist = importlib.metadata.distribution("garminconnect")
    checked = 0
    for f in dist.files:
        if f.hash is None or f.suffix == ".pyc":
            continue
        digest = hashlib.new(f.hash.mode, pathlib.Path(f.locate()).read_bytes()).digest()
        want(base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == f.hash.value, f"{f} was changed")
        checked += 1
    want(checked > 5, "no record of the package's files")
    try:
        curl = "curl_cffi " + importlib.metadata.version("curl_cffi")
    except importlib.metadata.PackageNotFoundError:
        curl = "without curl_cffi"
    print(f"garminconnect {dist.version}, {checked} files as published; requests {requests.__version__}, {curl}; "
          f"Python {sys.version.split()[0]}", flush=True)


def with_code(name, way="mobile+requests", wrong=False):
    g = person(name, way, return_on_mfa=True)
    status, state = g.login()
    want(status == "needs_mfa", f"{name} was asked no code")
    if wrong:
        refused(GarminConnectAuthenticationError, lambda: g.resume_login(state, "000000"), f"{way}: {name}'s wrong code")
    g.resume_login(state, codes()[f"{name}@example.org"])
    want(g.get_full_name() or g.get_user_profile(), f"{name} has no profile")
    say(f"{way}: {name} signed in with a code")
    return g


def reads(g):
    settings = g.get_userprofile_settings()
    want(settings["timeZone"] == "Europe/Lisbon", f"time zone {settings}")
    want(g.get_user_profile()["userData"]["weight"] > 30000, "weight in grams")
    say(f"profile: {g.get_full_name()}, {g.get_unit_system()}, {settings['timeZone']}")
    n = g.count_activities()
    page, rest = g.get_activities(0, 5), g.get_activities(5, 1000)
    want(len(page) == 5 and len(page) + len(rest) == n, f"count {n}, listed {len(page)} and {len(rest)}")
    today = datetime.date.today()
    year = g.get_activities_by_date((today - datetime.timedelta(days=400)).isoformat(), today.isoformat())
    want([a["activityId"] for a in year] == [a["activityId"] for a in page + rest], "by date and by count differ")
    month = g.get_activities_by_date((today - datetime.timedelta(days=30)).isoformat(), None, sortorder="asc")
    want(0 < len(month) < n and month[0]["startTimeLocal"] < month[-1]["startTimeLocal"], "the month, oldest first")
    old = (today - datetime.date.fromisoformat(page[0]["startTimeLocal"][:10])).days
    want(old <= 14, f"the newest is {old} days old")
    say(f"listed: {n} by count, {len(year)} by date, {len(month)} of 30 days; newest {page[0]['startTimeLocal'][:10]}")
    return [a for a in page + rest if a["hasPolyline"]][0]


def files(g, a):
    i = a["activityId"]
    one = g.get_activity(i)
    want(one["activityId"] == i and abs(one["summaryDTO"]["distance"] - a["distance"]) < .01, "list and detail differ")
    laps = g.get_activity_splits(i)["lapDTOs"]
    want(abs(sum(l["distance"] for l in laps) - a["distance"]) < 1, "laps do not add up")
    zones = g.get_activity_hr_in_timezones(i)
    chart = g.get_activity_details(i)
    want(len(zones) == 5 and chart["metricsCount"] == len(chart["activityDetailMetrics"]) > 50, "zones or chart")
    say(f"one activity: {a['activityType']['typeKey']}, {a['distance']:.0f} m, {len(laps)} laps, {chart['metricsCount']} points")
    f = Garmin.ActivityDownloadFormat
    z = zipfile.ZipFile(io.BytesIO(g.download_activity(i, f.ORIGINAL)))
    fit = z.read(z.namelist()[0])
    want(z.namelist() == [f"{i}_ACTIVITY.fit"] and fit[8:12] == b".FIT", f"archive {z.namelist()}")
    tcx, gpx = g.download_activity(i, f.TCX), g.download_activity(i, f.GPX)
    want(b"<TrainingCenterDatabase" in tcx and gpx.count(b"<trkpt") > 50, "TCX or GPX")
    say(f"files: {z.namelist()[0]} {len(fit)} bytes, TCX {len(tcx)}, GPX {len(gpx)}")
    refused(GarminConnectNotFoundError, lambda: g.get_activity(999), "an activity that is not there")


def tokens(name, store, g):
    before = json.loads(store.read_text())
    want(sorted(before) == ["di_client_id", "di_refresh_token", "di_token"], f"token file {sorted(before)}")
    disturb(f"{name}@example.org", "expire")
    want(g.count_activities() > 0, "no answer after the token was over")
    after = json.loads(store.read_text())
    want(after["di_refresh_token"] != before["di_refresh_token"], "the refresh token did not change")
    say("an expired token was refreshed, the call repeated, the new token kept")
    fresh = Garmin(retry_attempts=0)
    fresh.login(str(store))
    want(fresh.get_full_name(), "no name after resuming")
    say("resumed from the token file, without password")
    old = Garmin(retry_attempts=0)
    refused(GarminConnectAuthenticationError, lambda: (disturb(f"{name}@example.org", "expire"), old.login(json.dumps(before))),
            "a token file whose refresh token was used before")


def morning(days):
    """A quarter past three in the morning some days ago, when nobody trains."""
    return (datetime.date.today() - datetime.timedelta(days=days)).isoformat() + "T03:15"


def troubles(g):
    """What goes wrong at the data host, as this client tells of it."""
    newest = g.get_activities(0, 1)[0]["activityId"]
    f = Garmin.ActivityDownloadFormat
    for what, arg, kind, doing in (
        ("npe", "", GarminConnectConnectionError, g.count_activities),
        ("down", "", GarminConnectConnectionError, g.count_activities),
        ("cut", "", GarminConnectConnectionError, lambda: g.get_activities(0, 5)),
        ("429", "api 60", GarminConnectTooManyRequestsError, g.count_activities),
        ("files", "original none", GarminConnectNotFoundError, lambda: g.download_activity(newest, f.ORIGINAL)),
        ("files", "gpx broken", GarminConnectConnectionError, lambda: g.download_activity(newest, f.GPX)),
        ("inactive", "", GarminConnectAuthenticationError, g.count_activities),
    ):
        disturb("dev@example.org", what, arg)
        refused(kind, doing, f"{what} {arg}".strip())
        disturb("dev@example.org", "ok")
    disturb("dev@example.org", "files", "gpx void")
    want(g.download_activity(newest, f.GPX) == b"", "a GPX without a track is empty")
    disturb("dev@example.org", "files", "empty")
    want(zipfile.ZipFile(io.BytesIO(g.download_activity(newest, f.ORIGINAL))).namelist() == [], "an archive without files")
    disturb("dev@example.org", "ok")
    disturb("dev@example.org", "blank", "last")
    disturb("dev@example.org", "type", "last paddle_golf")
    odd = g.get_activities(0, 1)[0]
    want(odd["activityName"] is None and odd["distance"] is None and odd["activityType"]["typeKey"] == "paddle_golf", f"the odd one {odd}")
    say("an empty GPX, an empty archive, an activity without name and distance and of an unheard type were read")


def refusals():
    refused(GarminConnectAuthenticationError, person("dev", password="wrong-9").login, "bad password")
    disturb("", "429", "sso")
    refused(GarminConnectTooManyRequestsError, person("dev").login, "429 at sign-in")
    disturb("", "ok")
    g = person("dev")
    g.login()
    disturb("dev@example.org", "429", "api 60")
    refused(GarminConnectTooManyRequestsError, g.count_activities, "429 at a data call")
    disturb("dev@example.org", "ok")
    troubles(g)
    disturb("dev@example.org", "locked")
    refused(GarminConnectConnectionError, person("dev").login, "locked account (told by the app's sign-in)")
    disturb("dev@example.org", "ok")


def plain():
    with tempfile.TemporaryDirectory() as folder:
        store = pathlib.Path(folder, "garmin_tokens.json")
        ben = person("ben")
        ben.login(str(store))
        say("mobile+requests: ben signed in without a code")
        files(ben, reads(ben))
        dev = person("dev")
        dev.login()
        disturb("dev@example.org", "record", morning(3) + " 40 strength_training")
        Conformance(dev, "dev@example.org", want, say).all()
        with_code("ana", wrong=True)
        with_code("ines")
        with_code("caro")
        tokens("ben", store, ben)
        refusals()


def impatient():
    """For a service whose tokens are nearly over when they are made, and that
    wants the sign-in page to be visited first."""
    with tempfile.TemporaryDirectory() as folder:
        store = pathlib.Path(folder, "garmin_tokens.json")
        ben = person("ben")
        ben.login(str(store))
        before = json.loads(store.read_text())["di_token"]
        time.sleep(4)
        later = Garmin(retry_attempts=0)
        later.login(str(store))
        want(json.loads(store.read_text())["di_token"] != before, "the old token was kept")
        say("a token that is nearly over was refreshed before the first call; the sign-in page was visited first")


def curl():
    ben = person("ben", "mobile+cffi")
    ben.login()
    say("mobile+cffi: ben signed in without a code")
    files(ben, reads(ben))
    with_code("ana", "mobile+cffi", wrong=True)
    person("hana", "widget+cffi").login()
    say("widget+cffi: hana signed in without a code")
    with_code("ana", "widget+cffi", wrong=True)
    with_code("ines", "widget+cffi")
    with_code("caro", "widget+cffi", wrong=True)
    disturb("", "429", "sso")
    refused(GarminConnectTooManyRequestsError, person("dev", "mobile+cffi").login, "mobile+cffi: 429 at sign-in")
    refused(GarminConnectTooManyRequestsError, person("dev", "widget+cffi").login, "widget+cffi: 429 at sign-in")
    disturb("", "ok")
    refused(GarminConnectConnectionError, person("dev", "widget+cffi", password="wrong-9").login, "widget+cffi: bad password")
    disturb("dev@example.org", "locked")
    refused(GarminConnectAuthenticationError, person("dev", "widget+cffi").login, "widget+cffi: locked account")
    disturb("dev@example.org", "ok")
    person("dev", "portal+cffi").login()
    say("portal+cffi: dev signed in without a code")


logging.getLogger("garminconnect").setLevel(logging.CRITICAL)
unmodified()
{"plain": plain, "impatient": impatient, "curl": curl}[sys.argv[1]]()
