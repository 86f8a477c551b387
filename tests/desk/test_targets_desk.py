"""The targets desk end to end on a real record: provisional targets, facts, links, sightings, status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from target_room import HOUR, JET, NOW, PLACEHOLDER, TANKER, YACHT, make_room

from maoc_tui.desk import targets
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store.edits import Changed

SLOOP = NewTarget("grey sloop, about 12 m, two aboard", type="sail", area="west of Cape Verde")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    opened = make_room(tmp_path / "maoc.db")
    yield opened
    opened.close()


def add(room: Any, **fields: Any) -> str:
    entry = NewTarget(**{"description": "grey sloop", "area": "west of Cape Verde", **fields})
    return targets.add(room, WATCH, entry).ref


def test_a_description_and_an_area_are_enough(room: Any) -> None:
    assert targets.add(room, WATCH, SLOOP) == targets.Saved("T-0001", 1)
    (row,) = targets.listing(room, WATCH)
    assert (row.title, row.named, row.type, row.status, row.seen) == (
        SLOOP.description, False, "sail", "NOMINATED", None,
    )  # fmt: skip


def test_unmarked_is_h2_and_originator_only(room: Any) -> None:
    officer = Viewer("Ortega", "ES", all_seeing=True)
    targets.add(room, officer, SLOOP)
    sheet = targets.sheet(room, officer, "T-0001")
    assert str(sheet.marking) == "ungraded H2 from ES only"
    assert sheet.target.created_by == "Ortega"


def test_content_above_the_ceiling_is_refused(room: Any) -> None:
    from maoc_tui.domain.marking import Classification
    from maoc_tui.domain.marking_entry import make

    secret = make("ES", classification=Classification.SECRET)
    with pytest.raises(NotPermitted, match="EU SECRET"):
        targets.add(room, WATCH, NewTarget("grey sloop", area="west", marking=secret))
    assert targets.listing(room, WATCH) == ()


def test_a_provisional_target_keeps_its_id_when_it_is_identified(room: Any) -> None:
    """Reports filed before a vessel was in the register must not disappear from its sheet later."""
    targets.add(room, WATCH, SLOOP)
    targets.sight(room, WATCH, "T-0001", "14 30N 025 15W", "140100Z", "PT air force", "heading east")
    before = targets.sheet(room, WATCH, "T-0001")
    targets.fact(room, WATCH, "T-0001", "name", "LA PALOMA", "ES Guardia Civil")
    targets.fact(room, WATCH, "T-0001", "mmsi", "263601890", "ES Guardia Civil")
    targets.link(room, WATCH, "T-0001", YACHT, "same number")
    after = targets.sheet(room, WATCH, "T-0001")
    assert after.target.id == before.target.id
    assert after.sightings == before.sightings
    assert after.row.title == "LA PALOMA"


def test_history_keeps_every_value_with_its_source(room: Any) -> None:
    ref = add(room)
    targets.fact(room, WATCH, ref, "name", "BLUE MIST", "VE register", since="2022-01-10T00:00Z")
    targets.fact(room, WATCH, ref, "name", "LA PALOMA", "ES liaison", since="2022-03-02T06:00Z")
    lines = targets.sheet(room, WATCH, ref).identity
    assert [(line.fact.value, line.state, line.fact.source) for line in lines] == [
        ("LA PALOMA", "holds", "ES liaison"),
        ("BLUE MIST", "past", "VE register"),
    ]
    assert lines[1].until_ms == lines[0].fact.from_ms


def test_a_correction_keeps_what_it_corrects(room: Any) -> None:
    ref = add(room)
    targets.fact(room, WATCH, ref, "name", "LA PALMA", "radio")
    (wrong,) = targets.sheet(room, WATCH, ref).identity
    targets.fact(room, WATCH, ref, "name", "LA PALOMA", "photo", replaces=wrong.fact.id, reason="misheard")
    right, old = targets.sheet(room, WATCH, ref).identity
    assert (right.fact.value, right.state, right.fact.reason) == ("LA PALOMA", "holds", "misheard")
    assert (old.fact.value, old.state) == ("LA PALMA", "corrected")
    with pytest.raises(BadInput, match="does not stand"):
        targets.withdraw_fact(room, WATCH, ref, wrong.fact.id, "again")
    targets.withdraw_fact(room, WATCH, ref, right.fact.id, "another boat")
    assert [line.state for line in targets.sheet(room, WATCH, ref).identity] == ["withdrawn", "corrected"]


def test_each_statement_carries_its_own_marking_and_the_sheet_the_strictest(room: Any) -> None:
    ref = add(room, marking=parse("A1 H0 rel ES,FR,PT", "MAOC"))
    targets.fact(room, WATCH, ref, "owner", "somebody", "ES", marking=parse("B2 H2 rel MAOC,PT", "ES"))
    sheet = targets.sheet(room, WATCH, ref)
    assert str(sheet.target.marking) == "A1 H0 from MAOC rel ES FR PT"
    assert str(sheet.identity[0].fact.marking) == "B2 H2 from ES rel MAOC PT"
    assert str(sheet.marking) == "B2 H0 H2 from ES MAOC rel ES MAOC PT"


def test_a_target_from_a_contact_is_filled_in_linked_and_sourced(room: Any) -> None:
    saved = targets.add_from_contact(room, WATCH, YACHT)
    sheet = targets.sheet(room, WATCH, saved.ref)
    held = {line.fact.attribute: line.fact for line in sheet.identity if line.state == "holds"}
    assert {name: fact.value for name, fact in held.items()} == {
        "name": "LA PALOMA", "mmsi": "263601890", "flag": "PT", "length_m": "12",
    }  # fmt: skip
    assert held["name"].source == "ais:263601890 by made.nmea"
    assert held["name"].from_ms == NOW - 48 * HOUR
    assert held["flag"].source == "number block of ais:263601890"
    assert sheet.row.contacts == (YACHT,)
    assert sheet.row.type == "sail"
    assert targets.links_now(room, WATCH) == {YACHT: saved.ref}


def test_what_a_person_changed_has_that_person_as_its_source(room: Any) -> None:
    proposed = targets.prefill(room, WATCH, YACHT).entry
    entry = NewTarget(proposed.description, values={"flag": "VE", "length": ""}, source="ES liaison")
    sheet = targets.sheet(room, WATCH, targets.add_from_contact(room, WATCH, YACHT, entry).ref)
    flag = sheet.holds("flag")
    assert flag is not None
    assert (flag.value, flag.source) == ("VE", "ES liaison")
    assert sheet.holds("length_m") is None
    assert sheet.row.badges == ("MID 263 is Portugal, the flag claimed is VE",)


def test_an_aircraft_is_a_target_too(room: Any) -> None:
    sheet = targets.sheet(room, WATCH, targets.add_from_contact(room, WATCH, JET).ref)
    assert (sheet.row.kind, sheet.row.title) == ("aircraft", "aircraft EI-DEO, heard as icao:4ca815")
    assert [line.fact.value for line in sheet.identity] == ["IE", "EI-DEO", "4ca815", "A320"]
    assert sheet.row.badges == ()


def test_a_contact_that_was_never_heard_cannot_be_taken_over(room: Any) -> None:
    with pytest.raises(BadInput, match="has not been heard"):
        targets.add_from_contact(room, WATCH, YACHT + 1)


def test_placeholders_never_join(room: Any) -> None:
    """Row 14 of the complaints: an id of "-" put one boat's report on every boat of its flag."""
    first = add(room, values={"mmsi": "123456789", "name": "-", "call_sign": "0"})
    second = targets.add(
        room, WATCH, NewTarget("white launch", area="off Dakar", values={"mmsi": "123456789", "name": "-"})
    )
    assert second.warnings == ()
    assert targets.sheet(room, WATCH, first).duplicates == ()
    with pytest.raises(BadInput, match="identifies nobody"):
        targets.link(room, WATCH, first, PLACEHOLDER, "same number")
    with pytest.raises(BadInput, match="identifies nobody"):
        targets.add_from_contact(room, WATCH, PLACEHOLDER)
    assert targets.links_now(room, WATCH) == {}
    assert targets.sheet(room, WATCH, first).row.badges == ("MMSI 123456789 is a factory or default number",)


def test_likely_duplicates_are_shown_before_saving_and_again_after(room: Any) -> None:
    first = targets.add_from_contact(room, WATCH, YACHT).ref
    entry = NewTarget("white sloop", area="Azores", values={"name": "LA PALOMMA", "length": "12 m"})
    (found,) = targets.duplicates_of(room, WATCH, entry)
    assert (found.ref, found.likely) == (first, False)
    assert found.reasons == ("names alike: LA PALOMA, LA PALOMMA", "same length 12 m")
    saved = targets.add(room, WATCH, entry)
    assert saved.warnings == (f"May be {first} LA PALOMA: {'; '.join(found.reasons)}.",)
    assert [d.ref for d in targets.sheet(room, WATCH, first).duplicates] == [saved.ref]


def test_the_same_contact_makes_a_likely_duplicate(room: Any) -> None:
    first = targets.add_from_contact(room, WATCH, YACHT).ref
    second = targets.add_from_contact(room, WATCH, YACHT)
    assert second.warnings[0].startswith(f"May be {first} LA PALOMA: heard as the same contact ais:263601890")
    assert targets.links_now(room, WATCH) == {YACHT: first}


def test_status_follows_the_rules_and_is_logged(room: Any) -> None:
    ref = add(room)
    assert targets.set_status(room, WATCH, ref, "active", "seen again", version=1).version == 2
    with pytest.raises(BadInput, match="SEIZED does not follow ACTIVE"):
        targets.set_status(room, WATCH, ref, "seized", "hm")
    with pytest.raises(BadInput, match="reason"):
        targets.set_status(room, WATCH, ref, "lost", " ")
    with pytest.raises(Changed):
        targets.set_status(room, WATCH, ref, "lost", "no fix", version=1)
    targets.set_status(room, WATCH, ref, "closed", "nothing more", version=2)
    sheet = targets.sheet(room, WATCH, ref)
    assert [(c.old, c.new, c.reason) for c in sheet.changes] == [
        ("ACTIVE", "CLOSED", "nothing more"),
        ("NOMINATED", "ACTIVE", "seen again"),
    ]
    assert (sheet.row.open, sheet.target.closed_ms) == (False, NOW)
    targets.set_status(room, WATCH, ref, "active", "it is back")
    assert targets.sheet(room, WATCH, ref).target.closed_ms is None


def test_a_closed_target_leaves_the_live_picture_not_the_list(room: Any) -> None:
    ref = targets.add_from_contact(room, WATCH, YACHT).ref
    targets.set_status(room, WATCH, ref, "closed", "nothing in it")
    assert targets.links_now(room, WATCH) == {}
    assert [row.ref for row in targets.listing(room, WATCH)] == [ref]


def test_a_designation_is_not_a_name(room: Any) -> None:
    ref = add(room)
    targets.rename(room, WATCH, ref, "GREY GOOSE", "for the radio")
    (row,) = targets.listing(room, WATCH)
    assert (row.title, row.named) == ("GREY GOOSE", False)


@pytest.mark.parametrize(
    "act",
    [
        lambda room, ref: targets.sight(room, WATCH, ref, "36N 12W", "150000ZDEC22", "ES"),
        lambda room, ref: targets.sight(room, WATCH, ref, "nowhere", "0100Z", "ES"),
        lambda room, ref: targets.sight(room, WATCH, ref, "36N 12W", "0100Z", " "),
        lambda room, ref: targets.sight(room, WATCH, ref, "36N 12W", "0100Z", "ES", radius="9000 nm"),
        lambda room, ref: targets.fact(room, WATCH, ref, "name", "", "ES"),
        lambda room, ref: targets.fact(room, WATCH, ref, "name", "X", ""),
        lambda room, ref: targets.fact(room, WATCH, ref, "hex", "4ca815", "ES"),
        lambda room, ref: targets.fact(
            room, WATCH, ref, "name", "X", "ES", since="2022-03-02T06:00Z", until="2022-03-01T06:00Z"
        ),
        lambda room, ref: targets.fact(room, WATCH, ref, "name", "X", "ES", replaces="nothing", reason="y"),
        lambda room, ref: targets.link(room, WATCH, ref, YACHT, ""),
        lambda room, ref: targets.rename(room, WATCH, ref, "x" * 81, "why"),
        lambda room, ref: targets.sheet(room, WATCH, "T-0999"),
        lambda room, ref: targets.sheet(room, WATCH, "[/red]"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(room: Any, act: Any) -> None:
    ref = add(room)
    before = targets.sheet(room, WATCH, ref)
    with pytest.raises(BadInput) as caught:
        act(room, ref)
    assert caught.value.way_out
    assert targets.sheet(room, WATCH, ref) == before


HOSTILE = "EVIL[/red]\x1b]52;c;QQ==\x07\u202e\x00\ud800 " + "x" * 20


def test_hostile_text_is_shown_clean_and_kept_as_it_came(room: Any) -> None:
    ref = add(room, description=HOSTILE, area=HOSTILE, values={"name": HOSTILE}, source=HOSTILE)
    targets.sight(room, WATCH, ref, "36N 12W", "0100Z", HOSTILE, HOSTILE)
    targets.link(room, WATCH, ref, TANKER, HOSTILE)
    sheet = targets.sheet(room, WATCH, ref)
    shown = [
        sheet.row.title, sheet.target.description, sheet.target.area, sheet.identity[0].fact.value,
        sheet.identity[0].fact.source, sheet.sightings[0].text, sheet.sightings[0].source,
        sheet.links[0].link.reason, sheet.links[0].name,
    ]  # fmt: skip
    assert all(text.isprintable() and "\x1b" not in text and "\u202e" not in text for text in shown)
    assert sheet.identity[0].fact.raw == HOSTILE.replace("\x00", "\\x00").replace("\ud800", "\\ud800")
