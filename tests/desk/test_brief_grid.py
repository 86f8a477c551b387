"""The grid of a brief: what becomes of each line in each copy, and asking from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from liaison_room import open_room, viewer

from maoc_tui.brief.forms import written
from maoc_tui.desk import (
    asking,
    assets,
    brief_asking,
    brief_stops,
    briefing,
    clocks,
    operation_log,
    operations,
    release,
    targets,
    tasking,
)
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.brief_grid import Mark, grid
from maoc_tui.desk.gate import view_as
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.problems import BadInput, NotPermitted
from tests.release_room import draft as release_draft

FERREIRA = viewer("MAOC", Role.COORDINATOR, name="Ferreira")
ROSSI = viewer("MAOC", Role.RELEASER, name="Rossi")
ORTEGA = viewer("ES", name="Ortega")
MARTIN = viewer("FR", name="Martin")
PEETERS = viewer("BE", name="Peeters")


@pytest.fixture
def room(tmp_path: Path):
    made = open_room(tmp_path)
    made.admission.chosen = FERREIRA
    yield made
    made.close()


def add(room: Room, who: Any, words: str, rel: str) -> str:
    mark = parse(f"B2 H2{f' rel {rel}' if rel else ''}", who.partner)
    new = targets.NewTarget(description=words, area="Azores", position="36 00N 012 00W", marking=mark)
    return targets.add(room, who, new).ref


def line_of(made: Any, ref: str) -> Any:
    (line,) = [one for one in made.lines if one.key == f"targets/{ref}"]
    return line


def marks(room: Room, ref: str, *codes: str, who: Any = FERREIRA, name: str = "") -> list[str]:
    made = grid(room, who, codes, name=name)
    return [str(made.cell(f"targets/{ref}", code).mark) for code in codes]  # type: ignore[union-attr]


def test_a_cell_says_in_out_ask_asked_or_that_it_may_be_released(room: Room) -> None:
    french, own = add(room, MARTIN, "grey sloop", "MAOC,ES"), add(room, FERREIRA, "white ketch", "ES")
    assert marks(room, french, "MAOC", "ES", "BE", "PT") == ["in", "in", "ask", "ask"]
    assert marks(room, own, "ES", "BE") == ["in", "may be released"]
    cell = grid(room, FERREIRA, ("BE",)).cell(f"targets/{french}", "BE")
    assert cell is not None
    assert cell.why == f"Out: H2, originator FR, not asked ({french})"
    (asked,) = brief_asking.ask(room, FERREIRA, french, "BE", "the yacht makes for Zeebrugge")
    assert (asked.originator, asked.partner) == ("FR", "BE")
    assert marks(room, french, "BE", "PT") == ["asked", "ask"]
    why = grid(room, FERREIRA, ("BE",)).cell(f"targets/{french}", "BE").why  # type: ignore[union-attr]
    assert f"FR was asked, {asked.ref}: waiting, due" in why
    with pytest.raises(BadInput, match="Nobody can be asked"):
        brief_asking.ask(room, FERREIRA, french, "BE", "again")


def test_an_answer_turns_the_cell_and_a_release_brings_the_line_in(room: Room) -> None:
    ref = add(room, MARTIN, "grey sloop", "MAOC")
    (asked,) = brief_asking.ask(room, FERREIRA, f"targets/{ref}", "MA", "needs it", due="+12h")
    asking.answer(room, MARTIN, asked.ref, "granted")
    assert marks(room, ref, "MA") == ["may be released"]
    held = release.propose(room, FERREIRA, release_draft(room, ref, "MA"))
    release.approve(room, ROSSI, held.ref, release.the_word(held))
    assert marks(room, ref, "MA") == ["in part"]
    other = add(room, MARTIN, "white ketch", "MAOC")
    (asked,) = brief_asking.ask(room, FERREIRA, other, "MA", "needs it")
    asking.answer(room, MARTIN, asked.ref, "refused", reason="a source is at risk")
    assert marks(room, other, "MA") == ["out"]


def test_nobody_is_asked_for_what_cannot_be_released(room: Room) -> None:
    mark = parse("H2 rel MAOC,ES", "FR")
    target = add(room, MARTIN, "grey sloop", "MAOC,ES,PT")
    clocks.add(room, MARTIN, target, "call Dakar", "+2h", marking=mark)
    made = grid(room, FERREIRA, ("PT",))
    line = next(one for one in made.lines if one.ref.startswith("CK-"))
    assert line.cells[0].mark == Mark.OUT
    assert "its originator names PT in it" in line.cells[0].why
    with pytest.raises(BadInput, match="Nobody can be asked"):
        brief_asking.ask(room, FERREIRA, line.key, "PT", "needs it")
    with pytest.raises(BadInput, match="There is no line"):
        brief_asking.ask(room, FERREIRA, "T-0099", "BE", "needs it")


def test_an_operation_and_its_log_are_asked_for_and_come_in(room: Room) -> None:
    mark = parse("H2 rel MAOC", "FR")
    ref = operations.open_operation(room, MARTIN, "STRAY DOG", marking=mark).row.ref
    operation_log.log(room, MARTIN, ref, "0306 boarding, two aboard", marking=mark)
    (line,) = [one for one in grid(room, FERREIRA, ("BE",)).lines if one.ref.startswith(f"{ref}/")]
    assert line.cells[0].mark == Mark.ASK
    (asked,) = brief_asking.ask(room, FERREIRA, line.key, "BE", "needs it")
    assert (asked.originator, asked.subject.kind, len(asked.lines)) == ("FR", "operation", 2)
    asking.answer(room, MARTIN, asked.ref, "granted")
    held = [one.line.id for one in release.panel(room, FERREIRA, ref, "BE").lines]
    made = release.propose(room, FERREIRA, release_draft(room, ref, "BE", lines=tuple(held)))
    release.approve(room, ROSSI, made.ref, release.the_word(made))
    (line,) = [one for one in grid(room, FERREIRA, ("BE",)).lines if one.ref.startswith(f"{ref}/")]
    assert line.cells[0].mark == Mark.IN


def test_a_tasking_is_asked_for_with_its_asset_in_the_words_typed(room: Room) -> None:
    shared, centre = parse("B2 H2 rel MAOC,FR", "ES"), parse("B2 H2 rel MAOC", "ES")
    ship = assets.add(room, ORTEGA, NewAsset("RELAMPAGO", "ship", cruise="15", marking=shared)).ref
    op = operations.open_operation(room, ORTEGA, "NORTE", marking=centre).row.ref
    tasking.ask(room, ORTEGA, ship, op, "search", marking=centre)
    key = f"assets/{ship}"
    cell = grid(room, FERREIRA, ("FR",)).cell(key, "FR")
    assert cell is not None
    assert cell.mark == Mark.PART
    stops = brief_asking.asked_about(room, FERREIRA, key, "FR")
    assert {(stop.kind, stop.target) for stop in stops} == {("tasking", ship), ("operation", ship)}
    (task,) = [stop.statement for stop in stops if stop.kind == "tasking"]
    with pytest.raises(BadInput, match="is no statement that is asked about") as refused:
        brief_asking.ask(room, FERREIRA, key, "FR", "needs it", wordings={"0000": "on its way"})
    assert f"{task[:8]} tasking" in refused.value.way_out
    made = brief_asking.ask(room, FERREIRA, key, "FR", "needs it", wordings={task[:8]: "is out"})
    assert {(one.originator, one.subject.kind) for one in made} == {("ES", "asset"), ("ES", "operation")}
    assert [text for one in made for _, _, text in one.lines if text] == ["is out"]


def test_every_cell_says_what_the_copy_does(room: Room) -> None:
    """Independent of how cells are worked out: in means that the very words stand in the recipient's text."""
    for at, (who, rel) in enumerate(
        ((MARTIN, "MAOC,ES"), (ORTEGA, "MAOC"), (FERREIRA, "ES,PT"), (PEETERS, "MAOC"))
    ):
        add(room, who, f"WORDS{at} sloop", rel)
    codes = ("MAOC", "ES", "PT", "BE", "FR")
    made = grid(room, FERREIRA, codes)
    for at, code in enumerate(codes):
        text = " ".join(written(briefing.preview(room, FERREIRA, code), "txt").decode().split())
        for line in made.lines:
            whole = " ".join(line.text.split()) in text
            assert whole == (line.cells[at].mark == Mark.IN), (code, line.text)


def test_of_what_somebody_does_not_see_no_cell_tells(room: Room) -> None:
    hidden, seen = add(room, MARTIN, "FRENCHSECRET", "ES"), add(room, MARTIN, "grey sloop", "MAOC,ES,BE")
    made = grid(room, FERREIRA)
    assert hidden not in str(made)
    assert "FRENCHSECRET" not in str(made)
    assert set(made.recipients) > {"MAOC", "ES", "BE", "DE"}
    assert made.counts("ES")[Mark.IN] == len([line for line in made.lines if line.cells[0].mark == Mark.IN])
    for who in (PEETERS, view_as(room, FERREIRA, "BE"), viewer("MAOC", Role.ANALYST, name="A")):
        assert grid(room, who).recipients == (who.partner,)
        with pytest.raises(NotPermitted):
            grid(room, who, ("ES",))
        with pytest.raises(NotPermitted):
            brief_asking.ask(room, who, seen, "ES", "why not")
    with pytest.raises(NotPermitted):
        grid(room, viewer("MAOC", Role.AUDITOR, name="B"))


def test_a_grid_that_read_as_the_system_would_tell(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the same search finds the hidden words when the viewer's own copy is compiled past the gate."""
    from maoc_tui.domain.viewer import WATCH

    hidden = add(room, MARTIN, "FRENCHSECRET", "ES")
    real = room.db.reading
    monkeypatch.setattr(room.db, "reading", lambda who: real(WATCH))
    monkeypatch.setattr("maoc_tui.desk.brief_judge.Judge.shows", lambda self, cites: True)
    monkeypatch.setattr(
        "maoc_tui.desk.brief_judge.may_see", lambda s, v, *a, **k: brief_stops.may_see(s, WATCH, *a, **k)
    )
    assert hidden in str(grid(room, FERREIRA, ("MAOC",)))


def test_a_kept_version_is_shown_as_it_was_frozen(room: Room, tmp_path: Path) -> None:
    ref = add(room, MARTIN, "grey sloop", "MAOC,ES")
    kept = briefing.draft(room, FERREIRA, ("MAOC", "ES", "BE"))
    assert "grey sloop" in written(briefing.copy(room, ROSSI, kept.name, "ES"), "txt").decode()
    later = add(room, MARTIN, "white ketch", "MAOC,ES")
    made = grid(room, FERREIRA, name=kept.name)
    assert made.kept
    assert made.recipients == ("MAOC", "ES", "BE")
    assert [str(cell.mark) for cell in line_of(made, ref).cells] == ["in", "in", "ask"]
    assert later not in str(made)
    with pytest.raises(BadInput, match="no copy for PT"):
        grid(room, FERREIRA, ("PT",), name=kept.name)
    with pytest.raises(BadInput, match="There is no brief"):
        grid(room, ORTEGA, name=kept.name)
    briefing.approve(room, ROSSI, kept.name, kept.digest)
    briefing.issue(room, FERREIRA, kept.name, tmp_path / "out", ("ES",), ("txt",))
    mine = grid(room, ORTEGA, name=kept.name)
    assert mine.recipients == ("ES",)
    assert {cell.mark for line in mine.lines for cell in line.cells} == {Mark.IN}
