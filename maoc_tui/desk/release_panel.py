"""What stands on the release panel: a partner today, and line by line whether it sees it and who must permit it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maoc_tui.desk.gate import told_of_others
from maoc_tui.desk.journal import consulted
from maoc_tui.desk.release_case import Permission, Recipient, asked_state, permission, recipient
from maoc_tui.desk.release_statements import above, candidates
from maoc_tui.desk.room import Room
from maoc_tui.domain.gate import Statement, Verdict, may_see
from maoc_tui.domain.releases import WORDED, Candidate
from maoc_tui.domain.roles import Act, Role, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import releases as store
from maoc_tui.store import statements

NOT_TOLD = "Not told: who else has it is for its originator, members and the Centre to see"
"""What stands in place of the reason for whoever reads a line only because it was released."""


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One statement of what the panel is about, for one partner."""

    line: Candidate
    seen: bool
    """Whether the partner sees it now."""
    why: str
    """``In: released R-0012 …``; ``Out: H2, originator FR, not asked``."""
    permission: Permission

    @property
    def wordable(self) -> bool:
        """Whether another wording may stand for it."""
        return self.line.kind in WORDED


@dataclass(frozen=True, slots=True)
class Panel:
    """A target, operation, seizure or asset and a partner, as the release panel shows them."""

    ref: str
    to: Recipient
    report: str
    """What is reported of the partner and waits to be confirmed; "" for nothing."""
    lines: tuple[PanelLine, ...]
    """Itself first."""

    def with_above(self, chosen: Iterable[str]) -> frozenset[str]:
        """Ids of the lines chosen and of all that they belong to, and of what the panel is about."""
        some = {*chosen, *(one.line.id for one in self.lines[:1])}
        return frozenset(some) | above((one.line for one in self.lines), some)


def panel(room: Room, viewer: Viewer, ref: str, partner: str) -> Panel:
    """Everything on releasing what a reference names to a partner. Raises BadInput for what the viewer does not see."""
    require(viewer, Act.READ)
    to, now = recipient(room, partner), room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        subject, held = candidates(conn, ref)
        released = statements.releases(conn, [line.id for line in held])
        requests = store.requests(conn)
    consulted(room, viewer, subject.kind, subject.ref, (line.marking for line in held))
    told = told_of_others(room, viewer)
    as_partner = Viewer(to.name, to.code, roles=frozenset({Role.LIAISON}))
    by_id = {line.id: line for line in held}

    def judged(line: Candidate) -> Verdict:
        """The rule on a line and on everything it belongs to."""
        asked = asked_state(requests, line, to.code, now)
        statement = Statement(line.id, line.marking, line.recorded_ms)
        verdict = may_see(statement, as_partner, to.standing, released, now, asked)
        over = (judged(by_id[id_]) for id_ in line.above if verdict)
        hidden = next((one.reason.removeprefix("Out: ") for one in over if not one), "")
        return Verdict(False, f"Out: what it belongs to is hidden ({hidden})") if hidden else verdict

    def looked(line: Candidate) -> PanelLine:
        verdict = judged(line)
        may = permission(line, "", to.code, (viewer,), requests, now)
        if not told and line.originator != viewer.partner:
            return PanelLine(line, False, NOT_TOLD, may)
        return PanelLine(line, verdict.seen, verdict.reason, may)

    report = to.standing.report
    said = f"{report.status} on {report.on:%d %b %Y}, not confirmed here ({report.source})" if report else ""
    return Panel(subject.ref, to, said, tuple(map(looked, held)))


def recipients(room: Room, viewer: Viewer) -> tuple[Recipient, ...]:
    """Every partner something could be released to today: those whose status reads at all, but the viewer's own."""
    require(viewer, Act.READ_PARTNERS)
    found = (recipient(room, code) for code in room.register.codes)
    own = "" if viewer.all_seeing else viewer.partner
    return tuple(to for to in found if to.standing.reads and to.code not in (own, "MAOC"))
