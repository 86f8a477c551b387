"""Filters over the picture: whole columns against one row at a time."""

import time
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.desk.reference import Reference
from maoc_tui.desk.selection import matches, select
from maoc_tui.desk.snapshots import Picture, ZoneLabel
from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.domain.query import parse
from maoc_tui.domain.query_fields import STATES
from maoc_tui.problems import BadInput

NOW = 1_767_713_400_000
REFERENCE = Reference.load()
ZONES = (
    ZoneLabel("territorial", ("PT",), "agreed", "derived", "PT TS"),
    ZoneLabel("eez", ("ES",), "agreed", "derived", "ES EEZ"),
    ZoneLabel("high_seas", (), "agreed", "derived", "HS"),
    ZoneLabel("territorial", ("EH", "MA"), "disputed", "derived", "EH/MA TS?"),
)
NAMES = [
    "LA PALOMA",
    "Étoile du Nord",
    "PALOMA II",
    "BLUE MIST",
    "STRASSE ß",
    "",
    "海神",
    "MERCURY",
    "O'HARA-1",
]
TEXTS = {
    "name": NAMES,
    "call_sign": ["CQAB", "EA1234", "TAP123", ""],
    "registration": ["CS-TFX", "N123AB", ""],
    "model": ["B190", ""],
    "destination": ["LISBON", "CABO VERDE", ""],
    "target": ["T-0417", "T-0002", ""],
}
MMSIS = [263601890, 224113400, 775001234, 310627000, 2630001, 123456789, 992241111, 970012345]
HEXES = [0x4CA815, 0x0D8001, 0x490001, 0xA00001]


def picture_of(count, seed=1):
    rng = np.random.default_rng(seed)
    ships = [contact_key(Space.AIS, number) for number in MMSIS]
    aircraft = [contact_key(Space.ICAO, number) for number in HEXES]
    spare = [contact_key(Space.AIS, 200_000_000 + 57 * i) for i in range(max(0, count - 12))]
    key = np.sort(np.array((ships + aircraft + spare)[:count], np.int64))
    count = len(key)

    def some(values, dtype=None):
        return np.array(values, dtype if dtype else None)[rng.integers(0, len(values), count)]

    def holed(values, dtype):
        return np.where(rng.random(count) < 0.2, np.nan, values).astype(dtype)

    columns = {
        "key": key,
        "cls": np.where(key >> 40 == Space.ICAO, ContactClass.AIRCRAFT, rng.integers(0, 10, count)).astype(
            np.uint8
        ),
        "time": NOW - rng.integers(-60_000, 3 * 86_400_000, count),
        "lat": holed(rng.uniform(-85, 85, count), float),
        "sog": holed(np.round(rng.uniform(0, 30, count), 1), np.float32),
        "cog": holed(np.round(rng.uniform(0, 359.9, count), 1), np.float32),
        "heading": holed(rng.integers(0, 360, count), np.float32),
        "altitude": holed(rng.integers(0, 40000, count), np.float32),
        "error_m": holed(rng.uniform(1, 200, count), np.float32),
        "status": some([0, 1, 5, 7, 15], np.uint8),
        "doubt": some([0, 0, 4, 32, 36], np.uint16),
        "zone": some([-1, 0, 1, 2, 3], np.int32),
        "ship_type": some([-1, 0, 30, 36, 70, 81], np.int16),
        "imo": some([0, 9074729, 7359149], np.int32),
        "length_m": holed(rng.uniform(5, 300, count), np.float32),
        "flag": REFERENCE.flags(key),
        **{name: some(values, object) for name, values in TEXTS.items()},
    }
    columns["lon"] = np.where(np.isnan(columns["lat"]), np.nan, rng.uniform(-180, 180, count))
    constants = {"generation": 1, "at": NOW, "zones": ZONES, "zone_dataset": "test", "changed": 1}
    known = {f.name for f in fields(Picture)}
    return Picture(**{name: value for name, value in {**columns, **constants}.items() if name in known})


def row_of(picture, i):
    """One contact as the mapping a filter takes, written independently of the column code."""
    from maoc_tui.domain import ageing

    space, number = int(picture.key[i]) >> 40, int(picture.key[i]) & (1 << 40) - 1
    zone = ZONES[picture.zone[i]] if picture.zone[i] >= 0 else None
    age = ageing.states(picture.cls[i : i + 1], NOW - picture.time[i : i + 1], REFERENCE.ageing)[0]
    return {
        "mmsi": number if space == Space.AIS else None,
        "hex": f"{number:06x}" if space == Space.ICAO else None,
        "imo": int(picture.imo[i]) or None,
        "at": int(picture.time[i]),
        "class": int(picture.cls[i]),
        "zone": (zone.kind, zone.states, zone.status) if zone else None,
        "type": REFERENCE.ship_type_names.get(int(picture.ship_type[i])),
        "state": STATES[age],
        "nav": int(picture.status[i]),
        "doubt": int(picture.doubt[i]),
        "call": picture.call_sign[i],
        "reg": picture.registration[i],
        "dest": picture.destination[i],
        "alt": float(picture.altitude[i]),
        "length": float(picture.length_m[i]),
        **{name: getattr(picture, name)[i] for name in ("name", "model", "target", "flag")},
        **{name: getattr(picture, name)[i] for name in ("sog", "cog", "heading", "lat", "lon")},
    }  # fmt: skip


PICTURE = picture_of(300)

term = st.sampled_from(
    [
        "flag:VE", "flag:GB", "flag:BM,none", "flag:pt", "type:sail", "type:cargo,fishing", "type:wig",
        "class:air", "class:a,b", "class:ship", "zone:HS", "zone:PT-TS", "zone:PT", "zone:TS", "zone:none",
        "zone:disputed", "zone:MA,ES-EEZ", "age<6h", "age>1d", "age:1h..2d", "state:lost", "state:fresh,old",
        "sog>20", "sog<=5", "sog:10..15", "sog:3", "sog>10km/h", "cog:350..10", "heading:80..100", "alt<2000",
        "lat>30", "lat:-10..10", "lon:170..-170", "lon<-9", "near:38.7,-9.1<3000",
        'near:"10 00S 100 00W"<2500nm', "length:10..20", "name:paloma", "name:etoile",
        "name:strasse", 'name:"la pal"', "call:cq", "mmsi:263",
        "imo:9074729", "imo:9", "hex:4ca", "reg:cs-", "model:b190", "dest:cabo", "target:yes", "target:no",
        "target:t-0417", "status:closed", "nav:anchored", "nav:moored,fishing", "doubt:yes", "doubt:no",
        "doubt:jump,late", "paloma", "ETOILE", "263601890", "2636", "9074729", "4ca815", "T-0417",
        '"du nord"', "海", "o'hara", "zzz",
    ]
)  # fmt: skip
query = st.recursive(
    term,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map(lambda text: f"-({text})"),
        inner.map(lambda text: f"NOT ({text})"),
        inner.map(lambda text: f"({text})"),
    ),
    max_leaves=6,
)


@given(query)
def test_columns_select_what_single_rows_match(text):
    parsed = parse(text)
    slow = [i for i in range(len(PICTURE)) if matches(row_of(PICTURE, i), parsed, NOW, REFERENCE)]
    assert select(PICTURE, text, NOW, REFERENCE).tolist() == slow


def chosen(text, picture=PICTURE):
    return select(picture, text, NOW, REFERENCE)


def test_what_the_fields_mean():
    p = PICTURE
    assert set(p.flag[chosen("flag:GB")]) == {"BM", "GB"} & set(p.flag) | {"BM", "GI", "GB"} & set(p.flag)
    assert set(p.flag[chosen("flag:BM")]) == {"BM"}
    assert (p.sog[chosen("sog>20")] > 20).all()
    assert np.isnan(p.sog[chosen("-sog>0 -sog:0")]).all()
    assert set(p.name[chosen("name:paloma")]) == {"LA PALOMA", "PALOMA II"}
    assert set(p.name[chosen('"Etoile du nord"')]) == {"Étoile du Nord"}
    assert set(p.ship_type[chosen("type:sail")]) == {36}
    assert chosen("").tolist() == list(range(len(p)))
    assert p.key[chosen("775001234")].tolist() == [contact_key(Space.AIS, 775001234)]
    assert p.key[chosen("4CA815")].tolist() == [contact_key(Space.ICAO, 0x4CA815)]


def test_an_empty_picture_selects_nothing():
    empty = picture_of(0)
    for text in ("", "paloma", "flag:VE", "near:0,0<10", "hex:4c", "target:T-1", "state:lost", "-sog>1"):
        assert select(empty, text, NOW, REFERENCE).tolist() == []


def test_a_text_that_is_no_filter_says_where():
    with pytest.raises(BadInput, match="At 8: there is no field flagg"):
        chosen("paloma flagg:VE")


def test_target_rows_may_hold_several_values():
    row = {
        "name": ("BLUE MIST", "LA PALOMA"),
        "flag": "VC",
        "status": "ACTIVE",
        "type": "sail",
        "zone": "PT EEZ?",
        "ref": "T-0417",
        "lat": 33.0,
        "lon": -41.0,
        "at": NOW - 3_600_000,
    }

    def answer(text):
        return matches(row, parse(text), NOW)

    for text in (
        "mist", "paloma flag:VC", "-status:closed", "status:active age<2h", "zone:PT", "zone:disputed",
        "zone:pt-eez", "t-0417", "near:33,-41<1", "type:sail,cargo", "-sog>5",
    ):  # fmt: skip
        assert answer(text), text
    for text in ("zone:HS", "flag:none", "mmsi:263", "sog<5", "263", "near:33,-42<10"):
        assert not answer(text), text


@pytest.mark.parametrize(
    "text",
    [
        "flag:VE,CO type:sail -status:closed age<6h zone:HS",
        "paloma",
        "near:38.7,-9.1<500",
        "hex:4ca",
        "263 OR lisb",
    ],
)
def test_ten_thousand_contacts_take_milliseconds(text):
    picture = picture_of(10_000)
    select(picture, text, NOW, REFERENCE)
    took = []
    for _ in range(5):
        before = time.process_time()
        select(picture, text, NOW, REFERENCE)
        took.append(time.process_time() - before)
    print(text, f"{min(took) * 1000:.2f} ms")
    assert min(took) < 0.02
