"""No copy of a brief, in any form, holds a word, a number or a place that its recipient may not see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from gate_world import add_release
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from liaison_room import open_room
from pypdf import PdfReader
from sqlalchemy import select

from maoc_tui.brief.document import Document
from maoc_tui.brief.forms import FORMS, TEXTS, written
from maoc_tui.desk import (
    assets,
    brief_compile,
    brief_judge,
    operation_log,
    operations,
    requests,
    seizures,
    targets,
)
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.gate import eyes
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said
from maoc_tui.domain.gate import Released, may_see
from maoc_tui.domain.marking import Handling, Marking
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.store import brief_reading
from maoc_tui.store.schema import metadata

RECIPIENTS = ("MAOC", "ES", "GB", "BE", "US", "CV", "MA", "AW", "EUROPOL", "INTERPOL")
"""Of every recipient class: the Centre, A, B, prospective, C, F, G, K, D, E."""
ORIGINS = ("ES", "FR", "GB", "MAOC", "BE")
DAY = 86_400_000
Mark = tuple[str, frozenset[str]]
marks = st.tuples(
    st.sampled_from(ORIGINS), st.sets(st.sampled_from((*ORIGINS, "CV", "MA")), max_size=4).map(frozenset)
)


@dataclass
class Planted:
    """A record, and what must not be found by whom: table and id to the words that stand for the statement."""

    room: Room
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    releases: list[Released] = field(default_factory=list)

    def plant(self, table: str, before: set[str], *words: str) -> None:
        """Remember the words of the row that came into a table."""
        for new in self.ids(table) - before:
            self.words[table, new] = list(words)

    def ids(self, table: str) -> set[str]:
        with self.room.db.reading(WATCH) as conn:
            column = metadata().tables[table].c.id
            return {str(one) for one in conn.execute(select(column)).scalars()}

    def hidden(self, partner: str) -> Iterator[str]:
        """The words of everything the pure rule hides from a partner, read as the system."""
        wanted: dict[str, set[str]] = {}
        for table, identifier in self.words:
            wanted.setdefault(table, set()).add(identifier)
        with self.room.db.reading(WATCH) as conn:
            held = brief_reading.statements(conn, wanted)
        now = self.room.clock.now_ms()
        officer = Viewer("", partner, roles=frozenset({Role.LIAISON}))
        standing = self.room.register.standing(partner, now)
        for (_, identifier), words in self.words.items():
            if not may_see(held[identifier], officer, standing, self.releases, now):
                yield from words


def who(mark: Mark) -> tuple[Viewer, Marking]:
    origin, named = mark
    viewer = replace(WATCH, name=f"officer of {origin}", partner=origin)
    return viewer, Marking(frozenset({origin}), frozenset({Handling.H2}), releasable_to=named)


def planted(folder: Path, drawn: list[Mark]) -> Planted:
    """One of everything that a brief tells, each with words, a weight or a place of its own, marked at random."""
    made = Planted(open_room(folder))
    room, left = made.room, iter(drawn)
    for at in range(2):
        viewer, mark = who(next(left))
        seen, sightings, facts = made.ids("target"), made.ids("sighting"), made.ids("identity_fact")
        lat, lon = 36.0123 + at, -12.3456 - at
        new = targets.NewTarget(f"CANARYTARGET{at}", area=f"CANARYAREA{at}", marking=mark)
        ref = targets.add(room, viewer, new).ref
        made.plant("target", seen, f"CANARYTARGET{at}", ref)
        viewer, mark = who(next(left))
        targets.fact(room, viewer, ref, "name", f"CANARYNAME{at}", "somebody", marking=mark)
        made.plant("identity_fact", facts, f"CANARYNAME{at}")
        viewer, mark = who(next(left))
        targets.sight(
            room, viewer, ref, f"{lat},{lon}", "140200Z", "aircraft", f"CANARYSEEN{at}", marking=mark
        )
        places = (format_position(lat, lon), f"{lon:.5f},{lat:.5f}", f'lat="{lat:.5f}"', f"{round(lon, 5)}")
        made.plant("sighting", sightings, f"CANARYSEEN{at}", *places)
        viewer, mark = who(next(left))
        asked = made.ids("request")
        requests.open_request(room, viewer, ref, "flag-enquiry", "VE", grounds="x", marking=mark, rule="R26")
        made.plant("request", asked, *_refs(room, "request", "RQ", asked))
    _events(made, left)
    return made


def _refs(room: Room, table: str, prefix: str, before: set[str]) -> list[str]:
    source = metadata().tables[table]
    with room.db.reading(WATCH) as conn:
        rows = conn.execute(source.select().with_only_columns(source.c.id, source.c.number)).all()
    return [f"{prefix}-{row.number:04d}" for row in rows if str(row.id) not in before]


def _events(made: Planted, left: Iterator[Mark]) -> None:
    room = made.room
    viewer, mark = who(next(left))
    before = made.ids("operation")
    operation = operations.open_operation(room, viewer, "CANARYOPERATION", marking=mark).row.ref
    made.plant("operation", before, "CANARYOPERATION", operation)
    viewer, mark = who(next(left))
    before = made.ids("log_line")
    operation_log.log(room, viewer, operation, "boarding CANARYLOG", kind="BOARDING", marking=mark)
    made.plant("log_line", before, "CANARYLOG")
    viewer, mark = who(next(left))
    events, finds, weights = made.ids("seizure"), made.ids("seizure_find"), made.ids("seizure_weighing")
    entry = NewSeizure(
        "2022-12-13", find=NewFind("cocaine", weight="7013 kg", basis="net"), said=Said(marking=mark)
    )
    event = seizures.add(room, viewer, entry).ref
    made.plant("seizure", events, event)
    made.plant("seizure_find", finds, "7,013")
    made.plant("seizure_weighing", weights, "7,013")
    viewer, mark = who(next(left))
    before = made.ids("seizure_weighing")
    seizures.weigh(room, viewer, event, "8117 kg", "net", official=True, said=Said(marking=mark))
    made.plant("seizure_weighing", before, "8,117")
    viewer, mark = who(next(left))
    before = made.ids("asset")
    ship = NewAsset(
        "CANARYSHIP", "ship", base="CANARYPORT", base_position="38.5, -9.5", cruise="15 kn", max="20 kn"
    )
    assets.add(room, viewer, replace(ship, marking=mark))
    made.plant("asset", before, "CANARYSHIP", "CANARYPORT")


def release_some(made: Planted, chosen: list[tuple[int, str, bool]]) -> None:
    """Release statements past the desk, as if two officers had approved it; some recalled since."""
    names = [one for one in made.words if one[0] in ("target", "identity_fact", "sighting")]
    now = made.room.clock.now_ms()
    for at, partner, over in chosen:
        table, identifier = names[at % len(names)]
        one = Released(identifier, partner, now - 60_000, recalled_ms=now - 1 if over else None)
        with made.room.db.writing() as conn:
            target = identifier
            if table != "target":
                source = metadata().tables[table]
                row = conn.execute(source.select().where(source.c.id == UUID(identifier))).one()
                target = str(row.target_id)
            add_release(conn, one, target)
        made.releases.append(one)


def copy_for(room: Room, partner: str) -> Document:
    now = room.clock.now_ms()
    return brief_compile.compiled(
        room, eyes(WATCH, partner), now - DAY, now + 1, number="BR-2022-348", version=1
    )


def pdf_text(document: Document) -> str:
    """Everything a reader of the PDF finds: pages, titles, metadata."""
    reader = PdfReader(BytesIO(written(document, "pdf")))
    told = [page.extract_text() for page in reader.pages]
    outline = [str(one.get("/Title", "")) for one in reader.outline if isinstance(one, dict)]
    packet = reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else ""
    return " ".join(" ".join([*told, *outline, str(reader.metadata), packet]).split())


def found(made: Planted, document: Document) -> list[tuple[str, str]]:
    """Hidden words found in a copy, with the form they stand in."""
    hidden = list(made.hidden(document.recipient))
    files = {form: written(document, form).decode() for form in TEXTS} | {"pdf": pdf_text(document)}
    # Text is broken into lines of eighty; a word that was parted would be missed.
    files["txt"] = " ".join(files["txt"].split())
    return [(form, word) for word in hidden for form, text in files.items() if word in text]


drawn_marks = st.lists(marks, min_size=13, max_size=13)
drawn_releases = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(("BE", "CV", "MA", "US")), st.booleans()), max_size=5
)


@given(drawn_marks, drawn_releases)
@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_no_copy_tells_what_its_recipient_may_not_see(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Mark], chosen: list[tuple[int, str, bool]]
) -> None:
    made = planted(tmp_path_factory.mktemp("leaks"), drawn)
    try:
        release_some(made, chosen)
        for partner in RECIPIENTS:
            document = copy_for(made.room, partner)
            assert found(made, document) == [], partner
            assert document.broken == ()
            assert json.loads(written(document, "json"))["withheld"] is None
    finally:
        made.room.close()


TO_ALL: list[Mark] = [("ES", frozenset({"MAOC", "FR", "GB"}))] * 13


def test_who_is_named_reads_all_of_it(tmp_path: Path) -> None:
    """The twin of the words: they do stand in the copy of a member that was named, in every form that tells lines."""
    made = planted(tmp_path, TO_ALL)
    document = copy_for(made.room, "GB")
    for word in ("CANARYTARGET0", "CANARYSEEN0", "CANARYOPERATION", "CANARYLOG", "8,117", "CANARYSHIP"):
        if word not in ("CANARYTARGET0", "CANARYSEEN0"):
            for form in ("txt", "md", "json", "html", "csv"):
                assert word in " ".join(written(document, form).decode().replace("\\", "").split()), (
                    word,
                    form,
                )
    for form in ("txt", "geojson", "kml", "gpx", "html"):
        assert "CANARYNAME1" in " ".join(written(document, form).decode().split()), form
    assert list(made.hidden("MA"))
    made.room.close()


def test_a_planted_bug_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the gate: a compiler that read as the system would be caught by the same search."""
    made = planted(tmp_path, TO_ALL)
    real = made.room.db.reading
    monkeypatch.setattr(made.room.db, "reading", lambda viewer: real(WATCH))
    monkeypatch.setattr(brief_judge.Judge, "verdict", lambda self, cite: may_see(
        self.held[cite.id], WATCH, None, (), self.now_ms
    ))  # fmt: skip
    document = copy_for(made.room, "MA")
    monkeypatch.undo()
    leaks = found(made, document)
    assert {form for form, _ in leaks} == set(FORMS)
    made.room.close()


def test_a_total_is_the_sum_of_what_the_copy_tells(tmp_path: Path) -> None:
    """The net weight France keeps to itself is in no figure of Spain's copy."""
    open_to_all: Mark = ("ES", frozenset({"MAOC", "FR", "GB"}))
    drawn = [open_to_all] * 13
    drawn[11] = ("FR", frozenset())
    made = planted(tmp_path, drawn)
    spain, france = (
        " ".join(written(copy_for(made.room, code), "txt").decode().split()) for code in ("ES", "FR")
    )
    assert "seized 7,013 kg weighed" in spain
    assert "seized 8,117 kg weighed" in france
    assert "8,117" not in spain
    made.room.close()
