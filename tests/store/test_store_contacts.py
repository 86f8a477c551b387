"""The last fix and the identity of each contact, and that a reader sees every change once."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.reports import Fixes, Identity
from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import contacts
from maoc_tui.store.contacts import ContactColumns, Last, ZoneState
from maoc_tui.store.database import Database

SHIP = (1 << 40) + 263_601_890
T0 = 1_795_000_000_000
RUN = itertools.count(1)
"""Contacts of its own for each example."""


def fix(time: int, lat: float = 38.0, key: int = SHIP, **columns: object) -> Fixes:
    return Fixes.build([key], [time], [lat], [-9.5], **columns)


def put(db: Database, fixes: Fixes, source: int, zone: int = 3, edition: str = "e1") -> None:
    with db.writing_traffic() as conn:
        contacts.update(conn, fixes, np.full(len(fixes), zone, np.int32), source, edition)


def said(db: Database, source: int, time: int, key: int = SHIP, cls: int = 1, **values: str | float) -> int:
    with db.writing_traffic() as conn:
        return contacts.identities(conn, [Identity(key, time, cls, dict(values), 1)], source)


def load(db: Database, after: int = 0) -> ContactColumns:
    with db.reading(WATCH) as conn:
        return contacts.load(conn, after)


def last(db: Database, *keys: int) -> Last:
    with db.reading(WATCH) as conn:
        return contacts.last(conn, np.array(keys, np.int64))


def test_a_contact_comes_back_as_it_was_put(db: Database, source: int) -> None:
    put(
        db,
        Fixes.build(
            [SHIP + 1, SHIP], [T0, T0 + 1], [38.1234567, -1.5], [-9.7654321, 179.9999999], sog=[12.3, np.nan],
            cog=[359.9, np.nan], heading=[0, np.nan], altitude=[np.nan, 35_000], error_m=[10, 2_000],
            status=[5, 15], cls=[1, 3], doubt=[0, 8],
        ),
        source,
    )  # fmt: skip
    got = load(db)
    assert got.key.tolist() == [SHIP, SHIP + 1]
    assert got.time.tolist() == [T0 + 1, T0]
    assert got.lat.tolist() == [-1.5, 38.1234567]
    assert got.lon.tolist() == [179.9999999, -9.7654321]
    np.testing.assert_array_equal(got.sog, np.array([np.nan, 12.3], np.float32))
    np.testing.assert_array_equal(got.cog, np.array([np.nan, 359.9], np.float32))
    np.testing.assert_array_equal(got.heading, np.array([np.nan, 0], np.float32))
    np.testing.assert_array_equal(got.altitude, np.array([35_000, np.nan], np.float32))
    assert got.error_m.tolist() == [2_000, 10]
    assert (got.status.tolist(), got.cls.tolist(), got.doubt.tolist()) == ([15, 5], [3, 1], [8, 0])
    assert (got.zone.tolist(), got.ship_type.tolist(), got.imo.tolist()) == ([3, 3], [-1, -1], [0, 0])
    assert np.isnan(got.length_m).all()
    assert got.name.tolist() == got.destination.tolist() == ["", ""]
    assert {c.dtype for c in (got.name, got.model)} == {np.dtype(object)}
    assert got.lat.dtype == np.float64
    assert got.doubt.dtype == np.uint16


def test_an_empty_database_has_empty_columns(db: Database) -> None:
    got = load(db)
    assert len(got) == 0
    assert got.changed == 0
    assert got.name.shape == got.lat.shape == (0,)
    assert last(db).known.shape == (0,)


TIMES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 6), st.booleans()), max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(TIMES, max_size=5))
def test_the_newest_fix_that_is_not_of_the_future_stands(
    db: Database, source: int, batches: list[list[tuple[int, int, bool]]]
) -> None:
    """Against the plainest rule: of all fixes heard, order by (not future, time)."""
    space = (2 << 40) + next(RUN) * 4
    heard: dict[int, tuple[bool, int]] = {}
    for rows in batches:
        key, time, future = np.array(rows, np.int64).reshape(-1, 3).T
        put(
            db, Fixes.build(space + key, time, time / 10, time / 10, doubt=future * int(Doubt.FUTURE)), source
        )
        for number, at, wrong in rows:
            heard[number] = max(heard.get(number, (False, -1)), (not wrong, at))
    got = last(db, *(space + number for number in range(3)))
    for number in range(3):
        assert got.known[number] == (number in heard)
        if number in heard:
            assert got.time[number] == heard[number][1]
            assert bool(got.doubt[number] & Doubt.FUTURE) == (not heard[number][0])


def test_a_reader_that_asks_for_changes_sees_each_once(db: Database, source: int) -> None:
    put(db, Fixes.build([SHIP, SHIP + 1], [T0, T0], [1, 2], [3, 4]), source)
    first = load(db)
    assert len(load(db, first.changed)) == 0
    put(db, fix(T0 - 5), source)
    assert len(load(db, first.changed)) == 0, "an older fix changes nothing"
    put(db, fix(T0 + 5), source)
    second = load(db, first.changed)
    assert second.key.tolist() == [SHIP]
    said(db, source, T0, key=SHIP + 1, name="ALFA")
    third = load(db, second.changed)
    assert (third.key.tolist(), third.name.tolist()) == ([SHIP + 1], ["ALFA"])
    said(db, source, T0 + 9, key=SHIP + 1, name="ALFA")
    assert len(load(db, third.changed)) == 0, "the same name again changes nothing shown"


def test_last_is_aligned_with_the_keys_asked_for(db: Database, source: int) -> None:
    state = ZoneState(
        np.array([4], np.int32),
        np.array([3], np.int32),
        np.array([T0 - 9]),
        np.array([37.5]),
        np.array([-9.25]),
    )
    with db.writing_traffic() as conn:
        contacts.update(conn, fix(T0, sog=[7]), state, source, "e2")
    got = last(db, 5, SHIP, 5, SHIP)
    assert got.known.tolist() == [False, True, False, True]
    assert got.time.tolist() == [0, T0, 0, T0]
    assert got.sog[1] == 7
    assert np.isnan(got.lat[0])
    assert got.zones.zone.tolist() == [-1, 4, -1, 4]
    assert got.zones.settled.tolist() == [-1, 3, -1, 3]
    assert got.zones.since_ms.tolist() == [0, T0 - 9, 0, T0 - 9]
    assert got.zones.since_lat[1] == 37.5
    assert got.edition.tolist() == ["", "e2", "", "e2"]


def test_contacts_of_another_edition_are_found(db: Database, source: int) -> None:
    put(db, fix(T0), source, edition="2019")
    put(db, fix(T0, key=SHIP + 1), source, edition="2026")
    said(db, source, T0, key=SHIP + 2, name="NEVER FIXED")
    with db.reading(WATCH) as conn:
        assert contacts.outdated(conn, "2026").tolist() == [SHIP]


def test_identity_is_cleaned_once_and_kept_as_received(db: Database, source: int) -> None:
    put(db, fix(T0), source)
    hostile = "ALFA\x1b]52;c;eA==\x07 [/]\u202e"
    assert (
        said(db, source, T0, name=hostile, imo=9_074_729, length_m=182.5, ship_type=70, draught_m=7.25) == 5
    )
    got = load(db)
    assert "\x1b" not in got.name[0]
    assert "\u202e" not in got.name[0]
    assert got.name[0].startswith("ALFA")
    assert (got.imo[0], got.length_m[0], got.ship_type[0]) == (9_074_729, 182.5, 70)
    with db.reading(WATCH) as conn:
        lines = {line.attribute: line for line in contacts.history(conn, SHIP)}
    assert lines["name"].raw == hostile
    assert lines["name"].value == got.name[0]
    assert lines["imo"].raw == lines["imo"].value == "9074729"
    assert lines["draught_m"].value == "7.25"
    assert lines["name"].source == "watch.nmea"


def test_a_name_may_come_before_the_first_position(db: Database, source: int) -> None:
    said(db, source, T0, cls=2, name="BRAVO")
    got = load(db)
    assert (got.name[0], got.cls[0], got.time[0], got.zone[0]) == ("BRAVO", 2, 0, -1)
    assert np.isnan(got.lat[0])
    assert not last(db, SHIP).known[0]
    put(db, fix(T0, cls=[1]), source)
    got = load(db)
    assert (got.name[0], got.cls[0], got.time[0]) == ("BRAVO", 1, T0)


def test_an_unknown_class_is_told_by_the_identity_and_never_taken_back(db: Database, source: int) -> None:
    put(db, fix(T0), source)
    said(db, source, T0, cls=int(ContactClass.SHIP_B), name="X")
    put(db, fix(T0 + 1), source)
    assert load(db).cls[0] == ContactClass.SHIP_B


def test_the_newest_value_stands_and_all_are_kept(db: Database, source: int) -> None:
    put(db, fix(T0), source)
    for time, name in ((T0 + 10, "NEW"), (T0, "OLD"), (T0 + 20, "NEW"), (0, "UNDATED"), (T0 + 5, "OLD")):
        said(db, source, time, name=name)
    assert load(db).name[0] == "NEW"
    with db.reading(WATCH) as conn:
        lines = [(x.value, x.first_ms, x.last_ms) for x in contacts.history(conn, SHIP)]
    assert lines == [("NEW", T0 + 10, T0 + 20), ("OLD", T0, T0 + 5), ("UNDATED", 0, 0)]


def test_a_time_learnt_later_dates_an_undated_value(db: Database, source: int) -> None:
    said(db, source, 0, name="A")
    said(db, source, T0, name="A")
    said(db, source, 0, name="A")
    with db.reading(WATCH) as conn:
        (line,) = contacts.history(conn, SHIP)
    assert (line.first_ms, line.last_ms) == (T0, T0)


def test_flight_and_call_sign_share_a_column_by_time(db: Database, source: int) -> None:
    said(db, source, T0 + 5, flight="TAP123")
    said(db, source, T0, call_sign="CSTNX")
    assert load(db).call_sign[0] == "TAP123"
    said(db, source, T0 + 9, call_sign="CSTNX")
    assert load(db).call_sign[0] == "CSTNX"


def test_values_that_do_not_fit_a_column_stay_in_the_history_only(db: Database, source: int) -> None:
    said(db, source, T0, imo=99_999_999_999, ship_type=-4, length_m=float("nan"), name="   ")
    got = load(db)
    assert (got.imo[0], got.ship_type[0], got.name[0]) == (0, -1, "")
    with db.reading(WATCH) as conn:
        assert {x.attribute: x.value for x in contacts.history(conn, SHIP)} == {
            "imo": "99999999999",
            "ship_type": "-4",
        }
