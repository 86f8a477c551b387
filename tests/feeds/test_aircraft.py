"""Aircraft in JSON: receivers old and new, the v2 services and OpenSky, by the list of bad inputs."""

from __future__ import annotations

import math

import pytest
from json_records import plane, state
from reading import NOW, read, recorded, sample, sniffed

from maoc_tui.domain.contacts import ContactClass, Doubt, key_text
from maoc_tui.feeds.json_document import Refusal
from maoc_tui.problems import BadInput


def receiver(*rows, now=NOW / 1000):
    return read("readsb", {"now": now, "messages": 1, "aircraft": list(rows)})


def opensky(*rows):
    return read("opensky", {"time": NOW // 1000, "states": list(rows)})


def nan(value):
    return math.isnan(float(value))


def test_a_position_has_knots_feet_degrees_and_its_own_time():
    batch = receiver(plane())
    fixes = batch.fixes
    assert key_text(int(fixes.key[0])) == "icao:4ca815"
    assert fixes.cls[0] == ContactClass.AIRCRAFT
    assert (fixes.lat[0], fixes.lon[0]) == (38.5, -9.5)
    assert (fixes.altitude[0], fixes.cog[0]) == (37000, 108.5)
    assert round(float(fixes.sog[0]), 1) == 445.1
    assert fixes.error_m[0] == 186
    assert batch.identities[0].values == {"call_sign": "RYR9ZD", "squawk": "0421"}


def test_89_on_the_ground_is_altitude_zero():
    assert receiver(plane(alt_baro="ground", alt_geom=120)).fixes.altitude[0] == 0
    assert receiver(plane(alt_baro=None, alt_geom=1200)).fixes.altitude[0] == 1200
    assert nan(receiver(plane(alt_baro="high")).fixes.altitude[0])


def test_90_the_old_names_of_dump1090():
    old = {
        "hex": "491478",
        "altitude": 2650,
        "speed": 151,
        "track": 269,
        "vert_rate": -384,
        "nucp": 7,
        "lat": 41.2,
        "lon": -8.4,
        "seen_pos": 0.4,
    }
    fixes = receiver(old, old | {"altitude": "ground"}).fixes
    assert fixes.altitude.tolist() == [2650, 0]
    assert fixes.sog[0] == 151
    assert fixes.error_m[0] == pytest.approx(185.2)


def test_91_an_address_with_a_tilde_is_no_icao_address():
    assert key_text(int(receiver(plane(hex="~2a1f00")).fixes.key[0])) == "hex:~2a1f00"


@pytest.mark.parametrize("address", [None, "", "4ca81", "4ca8155", "xyzxyz", 5023765, "~", "4ca81\u0661"])
def test_92_without_an_address_there_is_no_contact(address):
    (reject,) = receiver(plane(hex=address)).rejects
    assert reject.field == "hex"


@pytest.mark.parametrize("address", ["000000", "ffffff"])
def test_92_an_address_of_all_zeros_or_ones_is_doubted(address):
    assert receiver(plane(hex=address)).fixes.doubt[0] == Doubt.PLACEHOLDER


def test_93_without_a_position_it_is_accepted_and_still_named():
    row = {"hex": "491494", "squawk": "7000", "flight": "RTV1G   ", "altitude": 1200, "seen": 0.4}
    batch = receiver(row, {"hex": "348084", "seen": 295.9})
    assert (len(batch.fixes), batch.others) == (0, 2)
    assert [i.values for i in batch.identities] == [{"call_sign": "RTV1G", "squawk": "7000"}]


def test_93_the_guess_from_the_receivers_place_is_not_a_position():
    assert receiver({"hex": "45211e", "rr_lat": 40.7, "rr_lon": 39.3, "seen": 0.5}).others == 1


def test_94_the_last_position_has_its_own_age_and_nothing_of_now():
    row = {
        "hex": "45211e",
        "gs": 496,
        "track": 113,
        "alt_baro": 37000,
        "rr_lat": 40.7,
        "rr_lon": 39.3,
        "seen": 0.5,
    }
    row["lastPosition"] = {"lat": 43.26, "lon": 29.63, "nic": 8, "rc": 185, "seen_pos": 3061.406}
    fixes = receiver(row).fixes
    assert (fixes.lat[0], fixes.lon[0]) == (43.26, 29.63)
    assert fixes.time[0] == NOW - 3_061_406
    assert all(nan(column[0]) for column in (fixes.sog, fixes.cog, fixes.altitude))


def test_95_the_age_of_the_position_counts_not_that_of_the_last_message():
    assert receiver(plane(seen_pos=42.5, seen=0.1)).fixes.time[0] == NOW - 42_500


@pytest.mark.parametrize("age", ["old", -3600, 1e9, [1]])
def test_95_an_age_that_is_none_is_rejected(age):
    assert receiver(plane(seen_pos=age)).rejects[0].field == "seen_pos"


def test_96_now_in_milliseconds_and_in_seconds():
    v2 = read("v2", {"ac": [plane()], "msg": "No error", "now": NOW, "total": 1})
    assert v2.fixes.time.tolist() == receiver(plane()).fixes.time.tolist() == [NOW - 1500]


def test_96_a_document_without_time_takes_the_arrival_and_one_with_nonsense_is_refused():
    assert receiver(plane(), now=None).fixes.doubt[0] == Doubt.ARRIVAL_TIME
    with pytest.raises(BadInput, match="time"):
        receiver(plane(), now="noon")


def test_97_a_padded_call_sign_is_stripped_and_a_blank_one_absent():
    assert "call_sign" not in receiver(plane(flight="        ")).identities[0].values
    assert receiver(plane(flight=" TAP1  ")).identities[0].values["call_sign"] == "TAP1"


@pytest.mark.parametrize("squawk", ["0421", "7700"])
def test_98_a_squawk_is_text(squawk):
    assert receiver(plane(squawk=squawk)).identities[0].values["squawk"] == squawk


@pytest.mark.parametrize("squawk", [421, "8000", "42", "", None])
def test_98_what_is_no_squawk_is_left_out(squawk):
    assert "squawk" not in receiver(plane(squawk=squawk)).identities[0].values


def test_registration_type_category_and_emergency():
    rows = plane(r="CS-TVA", t="A20N", category="A3", emergency="general"), plane(emergency="none")
    first, second = receiver(*rows).identities
    assert first.values == {
        "call_sign": "RYR9ZD",
        "registration": "CS-TVA",
        "aircraft_type": "A20N",
        "category": "A3",
        "squawk": "0421",
        "emergency": "general",
    }
    assert "emergency" not in second.values


def test_a_track_of_360_is_north_and_a_multilaterated_position_is_wide():
    fixes = receiver(plane(track=360, mlat=["lat", "lon"])).fixes
    assert (fixes.cog[0], fixes.error_m[0]) == (0, 1000)


@pytest.mark.parametrize("name", ["readsb", "v2"])
def test_an_empty_sky_is_no_error(name):
    key = {"readsb": "aircraft", "v2": "ac"}[name]
    assert read(name, {"now": NOW, key: None, "total": 0}).read == 0
    assert read(name, {"now": NOW, key: [], "total": 0}).read == 0


def test_a_service_that_says_no_in_its_message():
    with pytest.raises(Refusal, match="Rate limit exceeded"):
        read("v2", {"ac": None, "msg": "Rate limit exceeded", "now": NOW})


def test_99_opensky_nulls():
    row = state(
        callsign=None,
        origin=None,
        baro=None,
        geo=None,
        speed=None,
        track=None,
        squawk=None,
        lon=None,
        lat=None,
    )
    batch = opensky(row, [*state(callsign=None, origin=None, squawk=None)[:17]])
    assert (len(batch.fixes), batch.others) == (1, 1)
    assert [i.values for i in batch.identities] == [{"category": "A3"}]


def test_99_a_position_without_time_of_its_own_takes_the_last_contact_and_says_so():
    fixes = opensky(state(time=None)).fixes
    assert (fixes.time[0], fixes.doubt[0]) == (1_795_299_999_000, Doubt.ARRIVAL_TIME)


def test_100_opensky_is_in_metres_and_longitude_comes_first():
    fixes = opensky(state(), state(ground=True)).fixes
    assert (fixes.lat[0], fixes.lon[0]) == (38.5, -9.5)
    assert fixes.time[0] == 1_795_299_990_000
    assert fixes.altitude[0] == pytest.approx(37000)
    assert fixes.altitude[1] == 0
    assert fixes.sog[0] == pytest.approx(446.2, abs=0.01)


@pytest.mark.parametrize(
    ("number", "said"), [(1, None), (2, "A1"), (8, "A7"), (9, "B1"), (14, "B6"), (20, "C5"), (99, None)]
)
def test_100_opensky_categories(number, said):
    values = opensky(state(category=number)).identities[0].values
    assert values.get("category") == said
    assert values["origin"] == "Ireland"


def test_101_no_states_is_an_empty_sky():
    assert read("opensky", {"time": NOW // 1000, "states": None}).read == 0


@pytest.mark.parametrize("row", [[], ["4ca815"], {}, None, "x", 5])
def test_what_is_no_state_array_is_rejected(row):
    assert len(opensky(row).rejects) == 1


@recorded
@pytest.mark.parametrize(
    ("file", "name", "fixes", "others"),
    [
        ("porto_20251118_aircraft.json", "readsb", 4, 7),
        ("london_20180730_aircraft.json", "readsb", 34, 14),
        ("us_20200212_aircraft.json", "readsb", 14, 9),
        ("airplanes_live_v2.json", "v2", 1, 0),
        ("opensky_states_all_a.json", "opensky", 19, 0),
    ],
)
def test_recorded_files_are_recognised_and_read_whole(file, name, fixes, others):
    body = sample(f"aircraft/{file}")
    assert sniffed(body[:4096]) == [name]
    batch = read(name, body)
    assert (len(batch.fixes), batch.others, batch.rejects) == (fixes, others, [])


@recorded
def test_recorded_opensky_agrees_with_the_table_it_was_made_from():
    import csv

    rows = csv.DictReader(sample("aircraft/opensky_history_20210712_a.csv").decode().splitlines())
    table = {r["icao24"]: r for r in rows if r["time"] == "1626099000"}
    fixes = read("opensky", sample("aircraft/opensky_states_all_a.json")).fixes
    for n, key in enumerate(fixes.key.tolist()):
        row = table[key_text(key).removeprefix("icao:")]
        assert fixes.lat[n] == pytest.approx(float(row["lat"]))
        assert fixes.sog[n] == pytest.approx(float(row["velocity"]) * 3.6 / 1.852, rel=1e-6)
        assert fixes.altitude[n] == pytest.approx(float(row["baroaltitude"]) / 0.3048, rel=1e-6)
