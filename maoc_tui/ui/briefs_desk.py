"""The Briefs screen's line to its desks: every function may block and runs in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maoc_tui.problems import Problem
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from pathlib import Path

    from maoc_tui.desk.brief_check import Finding
    from maoc_tui.desk.brief_grid import Grid
    from maoc_tui.desk.brief_issue import Held, Issued
    from maoc_tui.desk.brief_stops import Stop
    from maoc_tui.desk.briefing import Summary
    from maoc_tui.domain.releases import Request

Said = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Briefs:
    """Every version the viewer may know of, and the grid of one of them."""

    versions: tuple[Summary, ...]
    of: str
    """The version the grid is of; "" for the record as it is now."""
    grid: Grid | None
    refused: str
    """Why there is no grid; "" when there is one."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy as text."""

    title: str
    marking: str
    text: str


def briefs(desk: LiveDesk, of: str, said: Said) -> Briefs:
    """The versions, the newest first, and the grid of one; ``said`` is told how far it is."""
    from maoc_tui.desk import brief_grid, briefing

    room, viewer = desk.open(), desk.viewer
    versions = tuple(one for one in briefing.listing(room, viewer) if one.state != "overtaken")
    name = of if any(one.name == of for one in versions) else ""
    try:
        return Briefs(versions, name, brief_grid.grid(room, viewer, name=name, said=said), "")
    except Problem as problem:
        return Briefs(versions, name, None, f"{problem.message} {problem.way_out}".strip())


def read(desk: LiveDesk, of: str, partner: str) -> Copy:
    """A copy as it was kept, or as it would be compiled now."""
    from maoc_tui.brief.text_form import as_text
    from maoc_tui.desk import briefing

    room, viewer = desk.open(), desk.viewer
    made = briefing.copy(room, viewer, of, partner) if of else briefing.preview(room, viewer, partner)
    return Copy(f"{made.name} for {made.recipient} ({made.recipient_name})", made.marking, as_text(made))


def check(desk: LiveDesk, partners: Sequence[str]) -> tuple[Finding, ...]:
    """What is missing, stale, ungraded or held back."""
    from maoc_tui.desk import briefing

    return briefing.check(desk.open(), desk.viewer, partners)


def asked_about(desk: LiveDesk, of: str, line: str, partner: str) -> tuple[Stop, ...]:
    """The statements that keep a line out of a copy and whose originators can be asked."""
    from maoc_tui.desk import brief_asking

    return brief_asking.asked_about(desk.open(), desk.viewer, line, partner, name=of)


def ask(
    desk: LiveDesk, of: str, line: str, partner: str, reason: str, due: str, wordings: Mapping[str, str]
) -> tuple[Request, ...]:
    """Ask the originators of what keeps a line out of a copy; ``wordings`` by the id of the statement."""
    from maoc_tui.desk import brief_asking

    given = {"name": of, "due": due, "wordings": wordings}
    return brief_asking.ask(desk.open(), desk.viewer, line, partner, reason, **given)


def draft(desk: LiveDesk, partners: str, date: str, said: Said) -> str:
    """Compile and keep a version; its name."""
    from maoc_tui.desk import briefing

    codes = partners.replace(",", " ").split()
    return briefing.draft(desk.open(), desk.viewer, codes, date, said=said).name


def approve(desk: LiveDesk, name: str, digest: str, said: Said) -> str:
    """Approve the draft of a version that has this digest; its name."""
    from maoc_tui.desk import briefing

    return briefing.approve(desk.open(), desk.viewer, name, digest, said=said).name


def issue(desk: LiveDesk, name: str, folder: Path, partners: str, forms: str, said: Said) -> Issued:
    """Write a version into a folder."""
    from maoc_tui.desk import briefing

    codes, wanted = partners.replace(",", " ").split(), forms.replace(",", " ").split()
    return briefing.issue(desk.open(), desk.viewer, name, folder, codes, wanted, said=said)


def recall(desk: LiveDesk, name: str, ref: str, reason: str) -> tuple[Held, ...]:
    """Recall every line on a reference; who holds one."""
    from maoc_tui.desk import briefing

    return briefing.recall(desk.open(), desk.viewer, name, ref, reason)
