"""Lists as files: as the viewer sees them, with the marking of everything a row tells, nothing written over."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from liaison_room import open_room, viewer

from maoc_tui.desk import assets, exporting, journal, seizures, targets
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, NotPermitted

SPAIN = viewer("ES", name="Ortega")
FRANCE = replace(WATCH, name="Moreau", partner="FR")


@pytest.fixture
def room(tmp_path: Path):
    made = open_room(tmp_path)
    made.admission.chosen = SPAIN
    for word, rel in (("XYZZY", ""), ("=PLUGH", " rel ES")):
        mark = parse(f"B2 H2{rel}", "FR")
        ref = targets.add(made, FRANCE, targets.NewTarget(description=word, area="x", marking=mark)).ref
        targets.sight(made, FRANCE, ref, "36 00N 012 00W", "140200Z", "aircraft", word, marking=mark)
        hidden = parse("B2 H2", "FR")
        targets.sight(made, FRANCE, ref, "37 30N 013 30W", "140300Z", "aircraft", "later", marking=hidden)
        entry = NewSeizure(
            "2022-12-13", text=word, find=NewFind("cocaine", weight="7013 kg"), said=Said(marking=mark)
        )
        seizures.add(made, FRANCE, entry)
        ship = NewAsset(
            f"{word}SHIP", "ship", base="Brest", base_position="48.4, -4.5", cruise="15 kn", max="20 kn"
        )
        assets.add(made, FRANCE, replace(ship, marking=mark))
    yield made
    made.close()


@pytest.mark.parametrize("form", exporting.FORMS)
@pytest.mark.parametrize("what", exporting.WHAT)
def test_no_list_tells_what_the_viewer_may_not_see(room: Room, what: str, form: str) -> None:
    try:
        told = exporting.export(room, SPAIN, what, form).data.decode()
    except BadInput:
        assert form in exporting.PLACES
        return
    assert "XYZZY" not in told
    assert "37" not in told or what == "contacts"
    assert what in ("contacts", "requests", "operations", "seizures") or "PLUGH" in told


def test_a_row_carries_the_marking_of_all_it_tells_and_is_no_formula(room: Room) -> None:
    (row,) = csv.DictReader(io.StringIO(exporting.export(room, SPAIN, "targets", "csv").data.decode()))
    assert row["title"] == "'=PLUGH"
    assert row["marking"] == "B2 H2 from FR rel ES"
    assert (row["position"], row["at"]) == ("36°00.0'N 012°00.0'W", "2022-12-14T02:00:00.000Z")
    (event,) = json.loads(exporting.export(room, SPAIN, "seizures", "json").data)
    assert (event["kg"], event["basis"]) == (7013, "estimated")


def test_it_is_in_the_journal_and_nothing_is_written_over(room: Room, tmp_path: Path) -> None:
    made = exporting.export(room, SPAIN, "targets", "geojson")
    path = exporting.save(made, tmp_path / "out")
    assert exporting.save(made, tmp_path / "out") == path
    path.write_text("mine")
    with pytest.raises(BadInput, match="already"):
        exporting.save(made, tmp_path / "out")
    assert path.read_text() == "mine"
    (entry,) = journal.entries(room, WATCH, action="export")
    assert (entry.kind, entry.ref) == ("targets", "targets_140307ZDEC22.geojson")


def test_what_cannot_be_exported_is_said(room: Room) -> None:
    for what, form in (("targets", "xls"), ("seizures", "kml"), ("journal", "csv")):
        with pytest.raises(BadInput, match=r"cannot be had|no list"):
            exporting.export(room, SPAIN, what, form)
    with pytest.raises(NotPermitted):
        exporting.export(room, viewer("ES", Role.AUDITOR), "targets", "csv")
