"""Workflow 3.7 by keys alone: ask, answer, checklist, propose, the second person's word, recall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fakes
import pytest
from driving import NARROW, WIDE, until
from textual.widgets import Input

from maoc_tui.desk import release
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.numbers import InOrder, numbered
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.form import Form
from maoc_tui.ui.release_checklist import AnswerWindow, Checklist
from maoc_tui.ui.release_list import ReleaseList, ReleaseSheet
from maoc_tui.ui.release_panel import PartnerWindow, ReleasePanel
from tests.release_room import FERREIRA, ORTEGA, PEETERS, ROSSI, make_room, sees, sighting, yacht

BUDGET_S = 300
"""Workflow 3.7: five minutes."""
KEY_S = 0.4
"""What a practised officer takes for a key, the seconds of thinking apart."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    ReleasePanel.kept.clear()
    made = make_room(tmp_path / "maoc.db")
    with numbered(InOrder()):
        sighting(made, yacht(made, ORTEGA, "FR"))
        yield made
    made.close()


class Hands:
    """The keys of whoever sits at the terminal."""

    def __init__(self, room: Room, size: tuple[int, int] = NARROW) -> None:
        self.pressed = 0
        desk = fakes.FakeDesk(clock=room.clock)
        desk._opener = lambda said: room
        desk.viewer = FERREIRA
        self.app: Any = fakes.app(desk)
        self.size = size

    async def begin(self, pilot: Any, who: Viewer = FERREIRA) -> None:
        """Somebody sits down at the Targets screen and has the target under the cursor."""
        self.pilot, self.app.desk.viewer = pilot, who
        await self.keys("2")
        await until(pilot, lambda: getattr(self.app.screen, "selected", lambda: None)() is not None)

    async def keys(self, *names: str) -> None:
        self.pressed += len(names)
        await self.pilot.press(*names)

    async def type(self, text: str) -> None:
        await self.keys(*("space" if letter == " " else letter for letter in text))

    async def word(self, text: str) -> None:
        """Type a command after the colon."""
        await self.keys("colon")
        await self.type(text)
        await self.keys("enter")

    async def shows(self, kind: type) -> Any:
        await until(self.pilot, lambda: isinstance(self.app.screen, kind))
        return self.app.screen

    async def listed(self, kind: type) -> Any:
        """A window of this kind with its list read."""
        screen = await self.shows(kind)
        await until(self.pilot, lambda: len(screen.list.rows) > 0)
        return screen

    async def form(self, text: str) -> None:
        """Fill the first field of a form, save, and wait until it is saved."""
        form = await self.shows(Form)
        await until(self.pilot, lambda: isinstance(form.focused, Input))
        await self.type(text)
        await self.keys("ctrl+s")
        await until(self.pilot, lambda: self.app.screen is not form)


async def panel(hands: Hands) -> Any:
    """R, and the first partner offered: Belgium, prospective."""
    await hands.keys("R")
    await hands.listed(PartnerWindow)
    await hands.keys("enter")
    return await hands.listed(ReleasePanel)


async def answer_all(hands: Hands) -> None:
    """Answer the whole checklist with what lets the release go on."""
    await hands.keys("c")
    window = await hands.listed(Checklist)
    for _ in range(40):
        if not window._open():
            return
        asked = str(window.list.cursor_key)
        await hands.keys("enter")
        await until(hands.pilot, lambda: hands.app.screen is not window)
        if isinstance(hands.app.screen, AnswerWindow):
            await until(hands.pilot, lambda: len(hands.app.screen.list.rows) > 0)
            if asked == "Q22":
                await hands.keys("j")
            await hands.keys("enter")
            await until(hands.pilot, lambda: not isinstance(hands.app.screen, AnswerWindow))
        if isinstance(hands.app.screen, Form):
            await hands.form("2030-01-01" if asked == "Q23" else "ok")
        await until(hands.pilot, lambda at=asked: hands.app.screen is window and at in window._lines)
    raise AssertionError("the checklist has no end")


async def test_workflow_3_7_by_keys_alone_within_its_time(room: Room) -> None:
    hands = Hands(room)
    async with hands.app.run_test(size=hands.size) as pilot:
        await hands.begin(pilot)
        window = await panel(hands)
        assert "prospective" in window.query_one("#window-head").text
        await hands.keys("A")
        await hands.form("ok")
        await hands.keys("escape")

        await hands.begin(pilot, ORTEGA)
        await hands.word("releases")
        await hands.listed(ReleaseList)
        await hands.keys("enter")
        await hands.form("granted")
        await hands.keys("escape")

        await hands.begin(pilot)
        await panel(hands)
        await answer_all(hands)
        await hands.keys("escape", "p")
        await hands.shows(Form)
        await hands.keys("ctrl+s")
        await until(pilot, lambda: len(release.proposals(room, FERREIRA)) == 1)
        await hands.listed(ReleasePanel)
        await hands.keys("escape")
        assert sees(room, PEETERS) == []

        await hands.begin(pilot, ROSSI)
        await hands.word("releases")
        await hands.listed(ReleaseList)
        await hands.keys("enter")
        await hands.shows(ReleaseSheet)
        await hands.keys("a")
        await hands.form("BE 1")
        await hands.listed(ReleaseList)
        assert sees(room, PEETERS) == ["T-0001"]
        assert hands.pressed * KEY_S < BUDGET_S

        await hands.keys("enter")
        await hands.shows(ReleaseSheet)
        await hands.keys("r")
        await hands.form("the wrong boat")
        told = await hands.shows(Sheet)
        text = "\n".join("".join(part for part, _ in line) for line in told.lines)
        assert "To BE: T-0001" in text
        assert "FR T-0001 itself: named by ES" in text
        assert sees(room, PEETERS) == []


async def test_the_proposer_is_refused_the_second_half_in_place(room: Room) -> None:
    hands = Hands(room)
    made = release.propose(room, ORTEGA, _draft(room))
    async with hands.app.run_test(size=WIDE) as pilot:
        await hands.begin(pilot, ORTEGA)
        await hands.word("releases")
        await hands.listed(ReleaseList)
        await hands.keys("enter")
        await hands.shows(ReleaseSheet)
        await hands.keys("a")
        form = await hands.shows(Form)
        await hands.type(release.the_word(made))
        await hands.keys("ctrl+s")
        note = form.query_one("#form-note")
        await until(pilot, lambda: "yourself" in note.text or "may not" in note.text)
        assert sees(room, PEETERS) == []


def _draft(room: Room) -> release.Draft:
    from tests.release_room import draft

    return draft(room, "T-0001")


async def test_the_preview_is_what_the_partner_reads_after_the_release(room: Room) -> None:
    hands = Hands(room, WIDE)
    async with hands.app.run_test(size=WIDE) as pilot:
        await hands.begin(pilot)
        await panel(hands)
        await hands.keys("e")
        form = await hands.shows(Form)
        form.query_one("#field-wording", Input).value = "a grey yacht"
        await hands.keys("ctrl+s")
        await until(pilot, lambda: not isinstance(hands.app.screen, Form))
        await hands.keys("v")
        sheet = await hands.shows(Sheet)
        assert sheet.has_class("-seen-as")
        text = "\n".join("".join(part for part, _ in line) for line in sheet.lines)
        assert "a grey yacht" in text
        assert "informant" not in text
        assert "1 lines stay out" in text


async def test_a_line_says_why(room: Room) -> None:
    hands = Hands(room)
    async with hands.app.run_test(size=NARROW) as pilot:
        await hands.begin(pilot)
        await panel(hands)
        await hands.keys("j", "w")
        sheet = await hands.shows(Sheet)
        text = "\n".join("".join(part for part, _ in line) for line in sheet.lines)
        assert "Out: H2, originator ES, not asked" in text


async def test_what_was_chosen_and_answered_is_there_again(room: Room) -> None:
    hands = Hands(room)
    async with hands.app.run_test(size=NARROW) as pilot:
        await hands.begin(pilot)
        window = await panel(hands)
        await hands.keys("j", "space")
        assert len(window._chosen) == 2
        await hands.keys("escape")
        again = await panel(hands)
        assert len(again._chosen) == 2
        await hands.keys("escape")
        await hands.begin(pilot, ROSSI)
        assert len((await panel(hands))._chosen) == 1, "another officer begins anew"


async def test_nothing_is_released_through_anothers_eyes(room: Room) -> None:
    hands = Hands(room)
    async with hands.app.run_test(size=NARROW) as pilot:
        await hands.begin(pilot)
        from dataclasses import replace

        hands.app.desk.viewer = replace(
            FERREIRA, seeing_as="ES", partner="ES", behind=FERREIRA, read_only=True
        )
        await hands.keys("R")
        await pilot.pause()
        assert not isinstance(hands.app.screen, PartnerWindow | ReleasePanel)


async def test_before_saving_one_sentence_says_who_will_see_it(room: Room) -> None:
    hands = Hands(room)
    async with hands.app.run_test(size=NARROW) as pilot:
        await hands.begin(pilot, ORTEGA)
        await hands.keys("n")
        form = await hands.shows(Form)
        said, marking = form.query_one("#form-said"), form.query_one("#field-marking", Input)
        await until(pilot, lambda: said.text.startswith("ES alone will see this"))
        marking.value = "B2 H2 rel FR,BE"
        await until(pilot, lambda: "ES, FR will see this; BE, DE, GB, IE, IT, NL, PT will not" in said.text)
        await hands.keys("f3")
        await until(pilot, lambda: marking.value == "B2 H2")
        await hands.keys("f3", "f3")
        await until(pilot, lambda: marking.value == "B2 H2 rel FR,GB,IE,IT,MAOC,NL,PT")
        await until(pilot, lambda: said.text.endswith("will see this; BE, DE will not."))
