"""The tables of targets: what is written is read back, nothing is deleted, edits do not overwrite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from maoc_tui.domain.marking import Classification, Grade, Handling, Marking, Tlp
from maoc_tui.domain.marking_entry import make, parse
from maoc_tui.domain.target_facts import Fact
from maoc_tui.domain.target_record import Change, Link, Place, Sighting, Target
from maoc_tui.domain.targets import Kind, Status
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.store import markings, targets
from maoc_tui.store.database import Database
from maoc_tui.store.edits import Changed

MARKED = parse("B2 H1,H2 TLP:AMBER rel ES,FR", "PT")
TARGET = Target(
    uuid4(), 0, 1, Kind.VESSEL, "SAILING_YACHT", Status.NOMINATED, "", "grey sloop", "west of Cape Verde",
    Place(14.5, -25.25, 30.0, "14 30N 025 15W ±30 nm"), "watch", 1000, "watch", 1000, None, MARKED,
)  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "maoc.db", create=True)
    yield opened
    opened.close()


def fact(value: str, **fields: object) -> Fact:
    base = Fact(str(uuid4()), "name", value, value, None, None, "ES", "watch", 2000, MARKED)
    return replace(base, **fields)  # type: ignore[arg-type]


def stored(db: Database) -> Target:
    with db.writing() as conn:
        return targets.add(conn, TARGET)


def test_a_target_is_read_back_as_it_was_written(db: Database) -> None:
    added = stored(db)
    assert added.ref == "T-0001"
    with db.reading(WATCH) as conn:
        assert targets.find(conn, "T-0001") == added
        assert targets.load(conn) == [added]


def test_a_target_without_a_position_has_an_area(db: Database) -> None:
    with db.writing() as conn:
        added = targets.add(conn, replace(TARGET, place=None))
    with db.reading(WATCH) as conn:
        assert targets.find(conn, added.ref).place is None
    with pytest.raises(StoreProblem), db.writing() as conn:
        targets.add(conn, replace(TARGET, id=uuid4(), place=None, area=""))


def test_numbers_count_up_and_no_number_is_used_twice(db: Database) -> None:
    with db.writing() as conn:
        refs = [targets.add(conn, replace(TARGET, id=uuid4())).ref for _ in range(3)]
    assert refs == ["T-0001", "T-0002", "T-0003"]


def test_an_unknown_reference_is_said_in_words(db: Database) -> None:
    with db.reading(WATCH) as conn, pytest.raises(BadInput, match="no target T-0417"):
        targets.find(conn, "T-0417")


def test_statements_come_back_in_the_order_of_entry(db: Database) -> None:
    target = stored(db)
    first = fact("BLUE MIST", from_ms=0)
    second = fact("LA PALOMA", from_ms=500, replaces=first.id, reason="read again", raw="la  paloma\x1b")
    with db.writing() as conn:
        targets.add_fact(conn, target.id, first)
        targets.add_fact(conn, target.id, second)
    with db.reading(WATCH) as conn:
        assert targets.facts(conn)[target.id] == [first, second]
        assert targets.facts(conn, target.id)[target.id] == [first, second]


def test_one_statement_is_corrected_once(db: Database) -> None:
    target, first = stored(db), fact("BLUE MIST")
    with db.writing() as conn:
        targets.add_fact(conn, target.id, first)
        targets.add_fact(conn, target.id, fact("LA PALOMA", replaces=first.id))
    with pytest.raises(StoreProblem), db.writing() as conn:
        targets.add_fact(conn, target.id, fact("LA PALMA", replaces=first.id))


def test_sightings_and_links_come_back(db: Database) -> None:
    target = stored(db)
    seen = Sighting(
        str(uuid4()), 900, Place(36, -12, 5, "36N 12W"), "PT air force", "east", "watch", 950, MARKED
    )
    link = Link(
        str(uuid4()), 1 << 40, None, None, "same hull", "flag differs", "watch", 960, "", None, "", MARKED
    )
    with db.writing() as conn:
        targets.add_sighting(conn, target.id, seen)
        targets.add_link(conn, target.id, link)
    with db.reading(WATCH) as conn:
        assert targets.sightings(conn)[target.id] == [seen]
        assert targets.links(conn)[target.id] == [link]
        assert targets.links_now(conn, ()) == [(1 << 40, 1)]
        assert targets.links_now(conn, ("NOMINATED",)) == []


def test_a_link_ends_by_a_date_once_and_can_be_made_again(db: Database) -> None:
    target = stored(db)
    link = Link(str(uuid4()), 7, 100, None, "same hull", "", "watch", 960, "", None, "", MARKED)
    with db.writing() as conn:
        targets.add_link(conn, target.id, link)
    with pytest.raises(StoreProblem), db.writing() as conn:
        targets.add_link(conn, target.id, replace(link, id=str(uuid4())))
    with db.writing() as conn:
        targets.end_link(conn, link, 500, "other hull", "Ortega", 1200)
        targets.add_link(conn, target.id, replace(link, id=str(uuid4()), from_ms=600))
    with db.reading(WATCH) as conn:
        first, second = targets.links(conn)[target.id]
    assert (first.to_ms, first.ended_by, first.ended_reason, first.holds) == (
        500,
        "Ortega",
        "other hull",
        False,
    )
    assert second.holds


def test_an_edit_is_logged_with_old_and_new(db: Database) -> None:
    target = stored(db)
    with db.writing() as conn:
        targets.edit(conn, target, 1, {"status": "ACTIVE", "closed_ms": None}, "seen again", "Ortega", 5000)
    with db.reading(WATCH) as conn:
        after = targets.find(conn, target.ref)
        assert targets.changes(conn, target.id) == [
            Change("status", "NOMINATED", "ACTIVE", "seen again", "Ortega", 5000)
        ]
    assert (after.status, after.version, after.updated_by, after.id) == (
        Status.ACTIVE,
        2,
        "Ortega",
        target.id,
    )


def test_an_edit_of_what_somebody_changed_is_refused_with_who_and_when(db: Database) -> None:
    target = stored(db)
    with db.writing() as conn:
        targets.edit(conn, target, 1, {"status": "ACTIVE"}, "seen", "Ortega", 3_600_000)
    with pytest.raises(Changed, match="Ortega at 01:00Z"), db.writing() as conn:
        targets.edit(conn, targets.find(conn, target.ref), 1, {"status": "CLOSED"}, "done", "Silva", 9000)
    with db.reading(WATCH) as conn:
        assert targets.find(conn, target.ref).status is Status.ACTIVE


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM target",
        "DELETE FROM identity_fact",
        "DELETE FROM sighting",
        "DELETE FROM contact_link",
        "DELETE FROM target_change",
        "UPDATE identity_fact SET value = 'X'",
        "UPDATE sighting SET text = 'X'",
        "UPDATE target_change SET reason = 'X'",
        "INSERT OR REPLACE INTO identity_fact SELECT * FROM identity_fact",
    ],
)
def test_the_database_itself_refuses_to_forget(db: Database, statement: str) -> None:
    target = stored(db)
    seen = Sighting(str(uuid4()), 900, Place(36, -12), "PT", "", "watch", 950, MARKED)
    link = Link(str(uuid4()), 7, None, None, "hull", "", "watch", 960, "", None, "", MARKED)
    with db.writing() as conn:
        targets.add_fact(conn, target.id, fact("LA PALOMA"))
        targets.add_sighting(conn, target.id, seen)
        targets.add_link(conn, target.id, link)
        targets.log(conn, target, Change("status", "A", "B", "why", "watch", 1))
    with pytest.raises(StoreProblem), db.writing() as conn:
        conn.execute(text(statement))


def test_an_ended_link_is_not_rewritten(db: Database) -> None:
    target = stored(db)
    link = Link(str(uuid4()), 7, None, 500, "hull", "", "watch", 960, "Ortega", 500, "no", MARKED)
    with db.writing() as conn:
        targets.add_link(conn, target.id, link)
    with pytest.raises(StoreProblem), db.writing() as conn:
        conn.execute(text("UPDATE contact_link SET to_ms = NULL"))


@given(
    st.builds(
        make,
        st.sampled_from(["ES", "MAOC"]),
        st.frozensets(st.sampled_from([Handling.H0, Handling.H1, Handling.H2])),
        st.none() | st.builds(Grade, st.sampled_from("ABCX"), st.integers(1, 4)),
        st.none() | st.sampled_from(Tlp),
        st.frozensets(st.sampled_from(["PT", "FR", "US", "MAOC", "ES"])),
        st.sampled_from(["", "not by radio"]),
        st.sampled_from(Classification),
    )
)
def test_a_marking_survives_its_columns(marking: Marking) -> None:
    class Row:
        def __init__(self, columns: dict[str, str]) -> None:
            self.__dict__.update(columns)

    assert markings.from_columns(Row(markings.to_columns(marking))) == marking
