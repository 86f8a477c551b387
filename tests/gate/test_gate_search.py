"""A search tells of what its viewer sees and of nothing else: as if the hidden had never been written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gate_world import HOUR, NOW, World, canary, filled, mark, officer, viewers, world
from surfaces import ES, HIDDEN, record

from maoc_tui.desk import journal, requests, watch_log
from maoc_tui.desk import search as desk
from maoc_tui.desk.room import Room
from maoc_tui.desk.search_snapshots import Results
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import StoreProblem
from maoc_tui.settings import Settings
from maoc_tui.store import driver, schema, search, search_index, search_proposals
from maoc_tui.store.database import Database
from maoc_tui.store.search_proposals import Proposals, Rank, Row
from maoc_tui.store.search_sources import RECORDS, SOURCES

TABLES = ("sighting", "identity_fact", "target")
SHARED = ("grey sloop", "sloop", "slopo", "gr", "canary", "T-0001", "0003", "sloop trawler")
"""Words of hidden and seen rows alike, of none, and one slip away from them."""


def room_of(made: World) -> Room:
    """The record as a desk works in it; how partners stand is the world's."""
    opened = Room(made.db, ScenarioClock(NOW, 0.0), Settings())
    made.db.context_of = made.context
    return opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("search") / "maoc.db") as opened:
        with opened.together():
            filled(opened)
        yield opened


def unguarded(connection: Any) -> None:
    """Take the guards away by which nothing is ever deleted or changed."""
    guards = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'search%'"
    )
    for (name,) in guards.fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def without_hidden(made: World, viewer: Viewer, folder: Path) -> Database:
    """A copy of the record from which every row that the viewer does not see was taken."""
    path = folder / f"{viewer.partner}.db"
    schema.back_up(made.db.path, path)
    seen = made.visible(viewer)
    bare = driver.connect(path)
    unguarded(bare)
    for name in TABLES:
        for (row,) in bare.execute(f"SELECT id FROM {name}").fetchall():
            if row not in seen:
                bare.execute(f"DELETE FROM {name} WHERE id = ?", (row,))
    bare.close()
    only = Database.open(path)
    with only.bookkeeping():
        pass
    return only


def queries(made: World, viewer: Viewer) -> list[str]:
    """Shared words, and the words of some seen and some hidden statements."""
    hidden = made.hidden_words(viewer)
    words = [canary(one) for one in made.statements]
    return [
        *SHARED,
        *hidden[::6],
        *words[::9],
        f"sloop {words[0][:20]}",
        *(word[:-1] for word in hidden[::12]),
    ]


@pytest.mark.parametrize("partner", ["ES", "BE", "DE", "MAOC"])
def test_it_is_the_search_of_a_record_that_holds_only_what_is_seen(
    made: World, partner: str, tmp_path: Path
) -> None:
    viewer, whole = officer(partner), room_of(made)
    asked = {text: desk.search(whole, viewer, text) for text in queries(made, viewer)}
    only = without_hidden(made, viewer, tmp_path)
    there = Room(only, whole.clock, whole.settings)
    only.context_of = made.context
    for text, found in asked.items():
        assert desk.search(there, viewer, text) == found, text
        assert desk.search(there, viewer, text, 2) == desk.search(whole, viewer, text, 2), text
    with only.reading_whole() as conn:
        assert search_index.flaws(conn).sound
    only.close()
    assert any(found.total for found in asked.values())


def test_so_it_is_for_every_table_that_is_searched(tmp_path: Path) -> None:
    """On a record with a line of nearly every kind, once hidden and once shown to Spain."""
    whole, france = record(tmp_path), replace(WATCH, name="Moreau", partner="FR")
    watch_log.log(whole, france, "0300Z spoke with the XYZZY twice", marking=mark("FR"))
    asked = requests.open_request(whole, france, HIDDEN, "flag enquiry", "VE", grounds="XYZZY grounds").asked
    requests.record(whole, france, asked.ref, "sent", text="XYZZY was sent")
    path = tmp_path / "seen.db"
    schema.back_up(whole.db.path, path)
    bare = driver.connect(path)
    unguarded(bare)
    bare.execute("PRAGMA foreign_keys = OFF")
    hidden, words = set(), {"sloop", "xyzzy", "plugh", "op-1", "op-2", "as-1", "sz-2", "ck-2"}
    for name, source in SOURCES.items():
        with whole.db.reading(ES) as conn:
            seen = {str(row) for (row,) in conn.exec_driver_sql(f"SELECT id FROM {name}")}
        for row, *texts in bare.execute(f"SELECT id, {', '.join(source.texts)} FROM {name} t").fetchall():
            words |= {word for text in texts if text for word in str(text).split()[:1] if len(word) > 2}
            if str(row) not in seen:
                hidden.add(name)
                bare.execute(f"DELETE FROM {name} WHERE id = ?", (row,))
    bare.close()
    assert sorted(set(SOURCES) - hidden - NEVER_HIDDEN_HERE) == []
    only = Database.open(path)
    with only.bookkeeping():
        pass
    there = Room(only, whole.clock, whole.settings)
    only.context_of = whole.db.context_of
    for text in sorted(words):
        assert desk.search(there, ES, text) == desk.search(whole, ES, text), text
    only.close()
    whole.close()


NEVER_HIDDEN_HERE = {"contact_identity", "officer", "alert", "alert_word"}
"""Tables of which the record has no hidden row."""


def told(found: Results) -> str:
    return repr(found)


def test_no_canary_of_a_hidden_row_is_found_by_anybody(made: World) -> None:
    room = room_of(made)
    for viewer in viewers():
        for word in made.hidden_words(viewer)[::14]:
            assert desk.search(room, viewer, word).total == 0
            for text in (f"{word[:-1]}x sloop", word[3:20]):
                assert word not in told(desk.search(room, viewer, text))


def test_a_search_past_the_gate_is_found_out(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: rows told as the system reads them bring a hidden canary up."""
    room, viewer = room_of(made), officer("ES")
    word = made.hidden_words(viewer)[0]
    monkeypatch.setattr(made.db, "reading", lambda _: made.db.reading_whole())
    assert word in told(desk.search(room, viewer, word))


@pytest.mark.parametrize(
    "name", ["search_index", "search_entry", "search_due", "search_index_content", "search_index_data"]
)
def test_no_viewer_reads_the_index(made: World, name: str) -> None:
    for sql in (f"SELECT * FROM {name}", f"SELECT count(*) FROM main.{name}"):
        with pytest.raises(StoreProblem), made.db.reading(officer("ES")) as conn:
            conn.exec_driver_sql(sql).fetchall()
    with pytest.raises(StoreProblem), made.db.reading(officer("ES")) as conn:
        conn.exec_driver_sql("SELECT rowid FROM search_index WHERE search_index MATCH '\"can\"'").fetchall()


# -- what was released is found by the wording it was released in -----------------------------------


def test_a_released_wording_is_found_and_the_original_is_not(tmp_path: Path) -> None:
    with world(tmp_path / "maoc.db") as made:
        target = made.target(mark("FR"))
        made.release(target, "ES")
        with made.db.writing() as conn:
            unguarded(conn.connection.driver_connection)
            conn.exec_driver_sql("UPDATE release SET wording = 'a yacht off Flores'")
            conn.exec_driver_sql(
                "INSERT INTO search_due (kind, row) SELECT 'release', statement_id FROM release"
            )
        room = room_of(made)
        (group,) = desk.search(room, officer("ES"), "flores yacht").groups
        assert [hit.text for hit in group.hits] == ["a yacht off Flores"]
        assert desk.search(room, officer("ES"), canary(target)).total == 0
        assert desk.search(room, officer("ES"), "sloop").total == 0
        assert desk.search(room, officer("FR"), "sloop").total == 1
        made.release(target, "PT", recalled_ms=NOW - HOUR // 2)
        assert desk.search(room, officer("PT"), "flores").total == 0


# -- the index holds what the record says -----------------------------------------------------------


class EveryRow(Proposals):
    """Everything there is, as one record of each kind that may be the best."""

    __slots__ = ()

    def rows(self, conn: Any, some: Any) -> Iterator[Row]:
        for name, source in SOURCES.items():
            if source.record == some[0].record:
                for at, row in conn.exec_driver_sql(f"SELECT rowid, id FROM {name}").fetchall():
                    yield name, str(row), at


def every_row(_conn: Any, _wanted: Any) -> Proposals:
    return EveryRow({kind: [Rank(0, -(1 << 62), kind)] for kind in RECORDS}, set(), {})


def test_the_index_proposes_all_that_answers(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against a search that looks at every row."""
    room = room_of(made)
    texts = [
        *queries(made, officer("BE")),
        *(canary(one)[:-2] + canary(one)[-1] for one in made.statements[:6]),
    ]
    found = {text: desk.search(room, WATCH, text) for text in texts}
    monkeypatch.setattr(search_proposals, "proposed", every_row)
    for text, results in found.items():
        assert desk.search(room, WATCH, text) == results, text
    assert sum(results.total for results in found.values()) > len(SHARED)


@pytest.mark.parametrize("partner", ["ES", "MAOC"])
def test_the_first_are_the_first_of_all_there_are(
    made: World, partner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few are asked of, they are those that would come first if every proposed row were."""
    room, viewer = room_of(made), officer(partner)
    texts = queries(made, viewer)
    page = {(text, most): desk.search(room, viewer, text, most) for text in texts for most in (1, 3)}
    propose = search_proposals.proposed

    def any_may_be_the_best(conn: Any, wanted: Any) -> Proposals:
        found = propose(conn, wanted)
        bounds = {
            kind: [one._replace(quality=0, age=-(1 << 62)) for one in some]
            for kind, some in found.bounds.items()
        }
        return replace(found, bounds=bounds)

    monkeypatch.setattr(search_proposals, "proposed", any_may_be_the_best)
    for (text, most), found in page.items():
        assert desk.search(room, viewer, text, most) == found, text
    assert any(found.more for found in page.values())
    assert not all(found.more for found in page.values())


def test_the_gate_is_asked_of_the_first_ones_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with world(tmp_path / "maoc.db") as made:
        with made.together():
            for number in range(1, 61):
                made.target(mark("FR" if number % 3 == 0 else "ES"), NOW - HOUR + number)
        asked_of = counting(monkeypatch)
        (group,) = desk.search(room_of(made), officer("ES"), "sloop", 2).groups
        assert (group.count, group.total) == ("2+", 2)
        assert {hit.ref for hit in group.hits} == {"T-0058", "T-0059"}, "T-0060 is hidden"
        assert sum(asked_of) < 12


def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Filled with how many rows the viewer's connection is asked of, each time it is."""
    asked_of: list[int] = []
    told = search.told

    def counted(conn: Any, rows: Any) -> Any:
        asked_of.append(sum(map(len, rows.values())))
        return told(conn, rows)

    monkeypatch.setattr(search, "told", counted)
    return asked_of


def test_what_is_written_past_the_index_is_noticed(tmp_path: Path) -> None:
    """The twin of keeping it current: a trigger that is missing, a body that is not what was indexed."""
    with world(tmp_path / "maoc.db") as made:
        target = made.target(mark("ES"))
        with made.db.writing() as conn:
            conn.exec_driver_sql("DROP TRIGGER search_target_update")
            conn.exec_driver_sql("UPDATE target SET description = 'a red tug'")
            assert search_index.flaws(conn).stale == 1
        room = room_of(made)
        assert desk.search(room, WATCH, "red tug").total == 0
        with made.db.writing() as conn:
            search_index.rebuild(conn)
            assert search_index.flaws(conn).sound
        assert desk.search(room, WATCH, "red tug").total == 1
        assert desk.search(room, WATCH, canary(target)).total == 1


def test_what_could_not_be_indexed_is_looked_at_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world(tmp_path / "maoc.db") as made:
        target = made.target(mark("ES"))
        monkeypatch.setattr(search_index, "settle", lambda conn: None)
        fact = made.fact(target, mark("ES"))
        with made.db.reading_whole() as conn:
            assert search_index.flaws(conn).waiting == 1
        assert desk.search(room_of(made), WATCH, f"{canary(fact)} sloop").total == 1
        monkeypatch.setattr(search_proposals, "_WAITING_MOST", 0)
        with pytest.raises(StoreProblem, match="not in the index"):
            desk.search(room_of(made), WATCH, "sloop")


def test_every_table_that_is_searched_has_its_triggers(made: World) -> None:
    with made.db.reading_whole() as conn:
        texts = dict(conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all())
    for name, source in SOURCES.items():
        assert {f"search_{name}_insert", f"search_{name}_delete"} <= texts.keys()
        watched = texts[f"search_{name}_update"].partition(" ON ")[0]
        assert all(f" {column}" in watched for column in source.texts), name


def test_that_something_was_looked_for_is_in_the_journal(made: World) -> None:
    desk.search(room_of(made), officer("ES"), "sloop  journal")
    with made.db.reading_whole() as conn:
        query = "SELECT who, action, kind, detail FROM journal ORDER BY seq DESC LIMIT 1"
        assert tuple(conn.exec_driver_sql(query).one()) == (
            "officer of ES", "consult", "search", "sloop journal",
        )  # fmt: skip


def test_an_originator_reads_that_its_statement_was_found_and_not_what_was_looked_for(tmp_path: Path) -> None:
    with world(tmp_path / "maoc.db") as made:
        made.target(mark("FR", "ES"))
        room, viewer = room_of(made), officer("ES")
        desk.search(room, viewer, "sloop")
        lines = [one for one in journal.entries(room, officer("FR"), limit=5) if one.kind == "search"]
        assert [(one.who, one.action, one.detail) for one in lines] == [
            ("officer of ES", "consult", "T-0001")
        ]
