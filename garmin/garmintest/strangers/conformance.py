"""Each call of the list CALLS, made once, and a value of its answer held
against what the simulation says is true of its world."""

import datetime
import io
import re
import xml.etree.ElementTree as xml
import zipfile

import requests

SIM = "https://sso.garmin.com/_sim/"

CALLS = """get_full_name get_unit_system get_user_profile get_userprofile_settings get_activities
get_activities_by_date get_activities_fordate count_activities get_activity get_activity_details get_activity_splits
get_activity_typed_splits get_activity_split_summaries get_activity_weather get_activity_hr_in_timezones
get_activity_exercise_sets get_activity_gear download_activity get_user_summary get_daily_steps get_rhr_day
get_sleep_data get_hrv_data get_stress_data get_body_battery get_max_metrics get_training_readiness
get_training_status get_weigh_ins get_body_composition get_device_last_used get_gear get_personal_record
get_weekly_steps get_activity_power_in_timezones""".split()


class Watched:
    """A client that remembers which of its calls were made."""

    def __init__(self, client):
        self.client, self.made = client, set()

    def __getattr__(self, name):
        if name.startswith(("get_", "count_", "download_")):
            self.made.add(name)
        return getattr(self.client, name)


def true(what, **query):
    r = requests.get(SIM + what, params=query, timeout=10)
    r.raise_for_status()
    return r.json()


def near(a, b, by=0.01):
    return abs(a - b) <= by


class Conformance:
    def __init__(self, client, email, want, say):
        self.g, self.email, self.want, self.say = Watched(client), email, want, say

    def all(self):
        self.world = true("activities", email=self.email)
        today = self.world[0]["local"][:10]  # the clocks of this machine and of the world may differ by a day
        today = max(today, datetime.date.today().isoformat())
        self.to = (datetime.date.fromisoformat(today) - datetime.timedelta(days=2)).isoformat()
        self.since = (datetime.date.fromisoformat(self.to) - datetime.timedelta(days=27)).isoformat()
        self.days = true("days", email=self.email, **{"from": self.since, "to": self.to})
        self.person()
        self.lists()
        self.run()
        self.strength()
        self.files()
        self.wear()
        self.daily()
        self.nights()
        self.fitness()
        self.weight()
        missing = set(CALLS) - self.g.made
        self.want(not missing, f"never called: {sorted(missing)}")
        self.say(f"conformance: {len(CALLS)} calls, each with a value that the world holds")

    def person(self):
        g = self.g
        self.want(g.get_full_name().lower().startswith(self.email.split("@")[0]), f"full name {g.get_full_name()}")
        self.want(g.get_unit_system() == "metric", "unit system")
        settings = g.get_userprofile_settings()
        self.want(settings["timeZone"] == "Europe/Lisbon" and settings["displayName"] == g.client.display_name, "settings")
        self.want(30000 < g.get_user_profile()["userData"]["weight"] < 150000, "weight in grams")

    def lists(self):
        g, world = self.g, self.world
        rows = g.get_activities(0, 1000)
        for row, w in zip(rows, world, strict=True):
            self.want(row["activityId"] == w["id"] and row["activityName"] == w["name"] and near(row["distance"], w["distance"])
                      and near(row["duration"], w["timer"]) and row["beginTimestamp"] == w["start"] and row["activityType"]["typeKey"] == w["sport"],
                      f"list {row['activityId']}: {w}")
        some = [w for w in world if self.since <= w["local"][:10] <= self.to]
        self.want([a["activityId"] for a in g.get_activities_by_date(self.since, self.to)] == [w["id"] for w in some], "list by date")
        runs = [w["id"] for w in world if "running" in w["sport"]]
        self.want([a["activityId"] for a in g.get_activities(0, 1000, "running")] == runs and runs, "list by type")
        self.want(g.count_activities() == len(world), "count")
        day = world[0]["local"][:10]
        of_day = g.get_activities_fordate(day)["ActivitiesForDay"]["payload"]
        self.want([a["activityId"] for a in of_day] == [w["id"] for w in world if w["local"][:10] == day], "list for a date")

    def run(self):
        g = self.g
        w = next(w for w in self.world if w["track"] and w["laps"] > 1 and "running" in w["sport"])
        i = w["id"]
        one = g.get_activity(i)["summaryDTO"]
        self.want(near(one["distance"], w["distance"]) and one["duration"] == w["timer"] and one["averageHR"] == w["heart"] and one["calories"] == w["calories"], "detail")
        chart = g.get_activity_details(i, maxchart=5000)
        column = next(d["metricsIndex"] for d in chart["metricDescriptors"] if d["key"] == "directHeartRate")
        self.want(chart["totalMetricsCount"] == w["records"] and chart["activityDetailMetrics"][0]["metrics"][column] == w["first_heart"], "details")
        line = chart["geoPolylineDTO"]["polyline"]
        self.want(len(line) == w["records"] and near(line[0]["lat"], one["startLatitude"], 1e-4), "polyline")
        laps = g.get_activity_splits(i)["lapDTOs"]
        self.want(len(laps) == w["laps"] and near(sum(l["distance"] for l in laps), w["distance"], 1), "splits")
        typed = g.get_activity_typed_splits(i)["splits"]
        self.want(len(typed) == w["laps"] and near(sum(s["distance"] for s in typed), w["distance"], 1), "typed splits")
        sums = g.get_activity_split_summaries(i)["splitSummaries"]
        self.want(sums[0]["noOfSplits"] == w["laps"] and near(sums[0]["distance"], w["distance"], 1), "split summaries")
        zones = g.get_activity_hr_in_timezones(i)
        self.want([z["secsInZone"] for z in sorted(zones, key=lambda z: z["zoneNumber"])] == w["zones"], "zones")
        self.want(g.get_activity_power_in_timezones(i) == [], "power zones of a run without power")
        weather = g.get_activity_weather(i)
        self.want(weather["weatherStationDTO"]["name"] == w["place"] and 30 < weather["temp"] < 100, "weather in Fahrenheit")
        used = [x["uuid"] for x in g.get_activity_gear(i)]
        self.want(used == w["gear"] and len(used) == 1, "gear of an activity")
        self.want(used[0] in [x["uuid"] for x in g.get_gear(g.client.profile_id or one.get("userProfileId"))], "gear")
        self.ran = w

    def strength(self):
        w = next(w for w in self.world if w["sets"])
        sets = [s for s in self.g.get_activity_exercise_sets(w["id"])["exerciseSets"] if s["setType"] == "ACTIVE"]
        self.want(len(sets) == w["sets"] and all(s["weight"] >= 10000 for s in sets), "exercise sets, weights in grams")
        self.want(self.g.get_activity_exercise_sets(self.ran["id"])["exerciseSets"] is None, "a run has sets")
        self.want(self.g.get_activity_weather(w["id"])["temp"] is None, "weather indoors")

    def files(self):
        g, w = self.g, self.ran
        f, i = g.client.ActivityDownloadFormat, w["id"]
        z = zipfile.ZipFile(io.BytesIO(g.download_activity(i, f.ORIGINAL)))
        fit = z.read(f"{i}_ACTIVITY.fit")
        self.want(z.testzip() is None and fit[8:12] == b".FIT" and len(fit) > w["records"] * 8, "original")
        self.want(g.download_activity(i) == g.download_activity(i, f.TCX), "TCX is what is downloaded when nothing is said")
        tcx = xml.fromstring(g.download_activity(i, f.TCX))
        way = sum(float(e.text) for e in tcx.iter() if e.tag.endswith("}DistanceMeters"))
        laps = [float(e.text) for e in tcx.iter() if e.tag.endswith("}TotalTimeSeconds")]
        self.want(near(sum(laps), w["timer"], 0.01) and way > w["distance"], "TCX")
        gpx = xml.fromstring(g.download_activity(i, f.GPX))
        self.want(sum(e.tag.endswith("}trkpt") for e in gpx.iter()) == w["records"], "GPX")
        kml = xml.fromstring(g.download_activity(i, f.KML))
        ns = "{http://www.opengis.net/kml/2.2}"
        line = kml.find(f"{ns}Document/{ns}Placemark/{ns}LineString/{ns}coordinates").text.split()
        self.want(len(line) == w["records"] and len(line[0].split(",")) == 3, "KML")
        rows = g.download_activity(i, f.CSV).decode().strip().splitlines()
        last = re.split(",", rows[-1])
        self.want(len(rows) == w["laps"] + 2 and last[0] == "Summary" and near(float(last[3]) * 1000, w["distance"], 6), f"CSV {rows[-1]}")
        self.say(f"conformance: original {len(fit)} bytes, TCX, GPX, KML of {len(line)} points, CSV of {len(rows) - 2} laps")

    def wear(self):
        g = self.g
        last = g.get_device_last_used()
        self.want(last["userDeviceId"] in {w["device"] for w in self.world} and last["lastUsedDeviceUploadTime"] > self.world[-1]["start"], "device last used")
        for r in g.get_personal_record():
            if r["typeId"] == 7:
                longest = max((w for w in self.world if "run" in w["sport"]), key=lambda w: w["distance"])
                self.want(r["activityId"] == longest["id"] and near(r["value"], longest["distance"]), f"the longest run {r}")
                return
        self.want(False, "no record of the longest run")

    def daily(self):
        g, days = self.g, self.days
        worn = [d for d in days if d["Told"]]
        self.want(len(worn) > 20, "the watch lay aside for weeks")
        for d in (days[0], worn[-1]):
            u = g.get_user_summary(d["Date"])
            self.want((u["totalSteps"] or 0) == d["Steps"] and (u["restingHeartRate"] or 0) == d["RestingHR"], f"summary of {d['Date']}")
        steps = g.get_daily_steps(self.since, self.to)
        self.want([s["totalSteps"] or 0 for s in steps] == [d["Steps"] for d in days], "daily steps")
        weeks = g.get_weekly_steps(self.to, 4)
        self.want(sum(w["values"]["totalSteps"] for w in weeks) == sum(d["Steps"] for d in days) and len(weeks) == 4, "weekly steps")
        d = next(d for d in reversed(days) if d["RestingHR"])
        rest = g.get_rhr_day(d["Date"])["allMetrics"]["metricsMap"]["WELLNESS_RESTING_HEART_RATE"]
        self.want(rest == [{"value": d["RestingHR"], "calendarDate": d["Date"]}], f"resting heart rate {rest}")
        stress = g.get_stress_data(d["Date"])
        self.want((stress["avgStressLevel"] or 0) == d["Stress"], "stress")
        battery = g.get_body_battery(d["Date"])
        level = max((v[1] for v in battery[0]["bodyBatteryValuesArray"]), default=0)
        self.want(battery[0]["date"] == d["Date"] and level == d["BodyBattery"], f"body battery {level}, {d}")
        self.say(f"conformance: {len(worn)} days worn, {sum(d['Steps'] for d in days)} steps, resting heart rate {d['RestingHR']}, body battery {level or 'not measured'}")

    def nights(self):
        g = self.g
        d = next(d for d in reversed(self.days) if d["Sleep"])
        s = g.get_sleep_data(d["Date"])["dailySleepDTO"]
        parts = s["deepSleepSeconds"] + s["lightSleepSeconds"] + s["remSleepSeconds"]
        self.want(s["sleepTimeSeconds"] == d["Sleep"] == parts and s["sleepEndTimestampGMT"] == d["Awoke"], f"sleep {s}")
        hrv = g.get_hrv_data(d["Date"])
        self.want(hrv["hrvSummary"]["lastNightAvg"] == d["HRV"] if d["HRV"] else not hrv, f"HRV {hrv}")
        future = (datetime.date.today() + datetime.timedelta(days=9)).isoformat()
        self.want(not g.get_hrv_data(future), "HRV of the future")
        self.want(g.get_sleep_data(future)["dailySleepDTO"]["sleepTimeSeconds"] is None, "sleep of the future")

    def fitness(self):
        g = self.g
        d = next(d for d in reversed(self.days) if d["VO2Max"])
        self.want(g.get_max_metrics(d["Date"])[0]["generic"]["vo2MaxPreciseValue"] == d["VO2Max"], "VO2max")
        rest = next((d for d in self.days if not d["VO2Max"]), None)
        self.want(rest is None or g.get_max_metrics(rest["Date"]) == [], "VO2max of a day without a run")
        ready = g.get_training_readiness(d["Date"])
        self.want(isinstance(ready, list) and all(r["sleepScore"] == d["SleepScore"] for r in ready), "readiness")
        status = g.get_training_status(d["Date"])
        self.want(status["mostRecentVO2Max"]["generic"]["vo2MaxPreciseValue"] == d["VO2Max"], "training status")

    def weight(self):
        g = self.g
        true_ones = [d["Weight"] for d in reversed(self.days) if d["Weight"]]
        listed = g.get_body_composition(self.since, self.to)
        self.want([x["weight"] for x in listed["dateWeightList"]] == true_ones, "body composition")
        weighed = g.get_weigh_ins(self.since, self.to)
        self.want([x["latestWeight"]["weight"] for x in weighed["dailyWeightSummaries"]] == true_ones, "weigh-ins")
