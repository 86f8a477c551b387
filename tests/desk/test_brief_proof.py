"""``maoc brief verify``: approved copies rendered again, held against the hashes approved and the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from brief_record import FERREIRA, ORTEGA, ROSSI, add, damage, made_room

from maoc_tui.brief import forms
from maoc_tui.cli.brief_verify import _told, _value
from maoc_tui.desk import briefing
from maoc_tui.desk.brief_proof import Verdict, prove
from maoc_tui.desk.room import Room
from maoc_tui.problems import BadInput, Problem


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A brief for two, approved and issued; forms but text, Markdown, JSON and HTML are left out for speed."""
    monkeypatch.setattr("maoc_tui.desk.brief_approval.FORMS", ("txt", "md", "json", "html"))
    made = made_room(tmp_path)
    add(made, FERREIRA, "grey sloop", "ES")
    drafted = briefing.draft(made, FERREIRA, ("MAOC", "ES"))
    briefing.approve(made, ROSSI, drafted.name, drafted.digest)
    briefing.recall(made, FERREIRA, drafted.name, "T-0001", "another yacht")
    yield made
    made.close()


def test_every_file_is_rendered_again_and_what_was_never_made_is_said(room: Room) -> None:
    found = prove(room, FERREIRA, "BR-2022-348")
    assert (found.ok, found.copies, found.listed) == (True, Verdict.SAME, Verdict.SAME)
    same = {(one.recipient, one.form) for one in found.files if one.verdict is Verdict.SAME}
    assert same == {(code, form) for code in ("MAOC", "ES") for form in ("txt", "md", "json", "html")}
    left = {one.form: one.why for one in found.files if one.verdict is Verdict.NOT_COMPARED}
    assert set(left) == {"csv", "geojson", "kml", "gpx", "pdf"}
    assert set(left.values()) == {"it could not be made when the brief was approved"}
    assert json.loads(json.dumps(_value(found)))["ok"] is True
    assert "is as it was approved" in _told(found)
    assert [one.recipient for one in prove(room, FERREIRA, "BR-2022-348", ("ES",)).files] == ["ES"] * 9
    with pytest.raises(BadInput, match="There is no brief"):
        prove(room, ORTEGA, "BR-2022-348")
    with pytest.raises(BadInput, match="no copy for FR"):
        prove(room, FERREIRA, "BR-2022-348", ("FR",))


def test_a_word_or_an_hour_that_was_changed_shows_in_every_file_that_has_it(room: Room) -> None:
    damage(room, "UPDATE brief_variant SET frozen=replace(frozen, 'sloop', 'ketch') WHERE recipient='ES'")
    found = prove(room, FERREIRA, "BR-2022-348")
    assert (found.ok, found.copies) == (False, Verdict.CHANGED)
    assert {one.recipient for one in found.files if one.verdict is Verdict.CHANGED} == {"ES"}
    assert len([one for one in found.files if one.verdict is Verdict.CHANGED]) == 4
    assert "is NOT as it was approved" in _told(found)


def test_an_approval_put_back_an_hour_is_found(room: Room) -> None:
    damage(room, "UPDATE brief_approval SET entered_ms = entered_ms - 3600000")
    found = prove(room, FERREIRA, "BR-2022-348")
    assert (found.ok, found.copies, found.listed) == (False, Verdict.SAME, Verdict.CHANGED)
    assert {one.verdict for one in found.files if one.form == "txt"} == {Verdict.CHANGED}


def test_a_program_that_writes_otherwise_is_told_from_a_record_that_was_changed(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = forms.TEXTS["html"]
    monkeypatch.setitem(forms.TEXTS, "html", lambda document: was(document) + "\n")

    def unable(document: object) -> str:
        raise Problem("It needs another package.", "Install it.")

    monkeypatch.setitem(forms.TEXTS, "md", unable)
    found = prove(room, FERREIRA, "BR-2022-348", ("ES",))
    assert found.ok, "the record is as it was"
    told = {one.form: (one.verdict, one.why) for one in found.files}
    assert told["html"][0] is Verdict.OTHERWISE
    assert told["md"] == (Verdict.NOT_COMPARED, "It needs another package.")
    assert told["txt"][0] is Verdict.SAME
