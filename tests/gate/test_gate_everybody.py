"""Every role, and liaison officers of partners of every status, at every desk: no hidden word comes out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from surfaces import FR_ONLY, HIDDEN, MMSI, TO_ES, record
from test_gate_desks import NOT_CALLED, OTHERS, READS, answers, takes_reference

from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act, Role, allowed
from maoc_tui.domain.viewer import Viewer

ONCE = (
    "brief_asking.ask", "brief_check.explain", "who_sees.who_sees", "operations.open_operation", "closest.closest",
    "clock_lines.others", "gate.why", "reach.fan", "asking.ask", "release_panel.panel",
    "handover_walk.answer", "brief_asking.asked_about", "figure_counting.counted",
)  # fmt: skip
"""Most of the time of a viewer goes into these: asked about one reference here, in test_gate_desks about all."""
NAMED = ("ES", "MAOC", "BE")
"""Whom France and the Centre named on what carries TO_ES."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    opened = record(tmp_path_factory.mktemp("everybody"))
    yield opened
    opened.close()


def of_each_status(room: Room) -> list[str]:
    """A partner of each status: one that is named where there is one, and never the originator."""
    now = room.clock.now_ms()
    found: dict[str, str] = {}
    for code in sorted(room.register.codes, key=lambda code: code not in NAMED):
        if code != "FR":
            found.setdefault(room.register.standing(code, now).status, code)
    return [*found.values()]


def hidden(room: Room, viewer: Viewer) -> tuple[str, ...]:
    """The words a viewer must not meet, by the rule as the manual tells it, worked out without the gate."""
    standing = room.register.standing(viewer.partner, room.clock.now_ms())
    reads = allowed(viewer, Act.READ).allowed and standing.reads and standing.named_from_ms is not None
    sees = reads and viewer.partner in NAMED
    return (FR_ONLY, MMSI[FR_ONLY]) if sees else (FR_ONLY, TO_ES, *MMSI.values())


def everybody(room: Room, role: Role) -> list[Viewer]:
    """Officers of a role: liaison of a partner of each status, others of the Centre and of a prospective member."""
    partners = of_each_status(room) if role is Role.LIAISON else ("MAOC", "BE")
    return [Viewer("Nobody", code, roles=frozenset({role})) for code in partners]


def met(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in text]


@pytest.mark.parametrize("role", Role)
def test_no_desk_tells_anybody_of_what_is_hidden(room: Room, role: Role) -> None:
    found = {}
    for viewer in everybody(room, role):
        words = hidden(room, viewer)
        for name, function in READS.items():
            if name in NOT_CALLED or (name.endswith("journal.entries") and role is Role.AUDITOR):
                continue  # who reads the journal reads the reasons people gave
            asked = takes_reference(function) and not name.endswith(ONCE)
            for ref in (HIDDEN, *OTHERS)[: None if asked else 1]:
                if leaked := met(answers(room, function, viewer, ref), words):
                    found[name, viewer.partner] = leaked
    assert found == {}


def test_everybody_is_asked_and_some_may_see(room: Room) -> None:
    """The twin: every status is there, and the rule lets a few of them see what names them."""
    partners = of_each_status(room)
    assert len(partners) > 8
    assert {"ES", "BE", "MAOC"} <= set(partners)
    told = {
        (viewer.partner, role)
        for role in Role
        for viewer in everybody(room, role)
        if TO_ES in answers(room, READS["maoc_tui.desk.target_reading.sheet"], viewer, "T-0002")
    }
    reading = {Role.COORDINATOR, Role.LIAISON, Role.ANALYST, Role.RELEASER}
    assert told == {("ES", Role.LIAISON), *(("MAOC", role) for role in reading)}
