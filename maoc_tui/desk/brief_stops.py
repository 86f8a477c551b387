"""What keeps a line out of a recipient's copy: the statements it may not see, and who can be asked for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace

from maoc_tui.brief.document import Cite, Line
from maoc_tui.desk.release_case import permission
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.gate import Standing, Statement, may_see
from maoc_tui.domain.releases import KINDS, Candidate, Request
from maoc_tui.domain.roles import Role
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import brief_reading as store
from maoc_tui.store import releases
from maoc_tui.store.brief_reading import Granted

_SUBJECTS = ("OP-", "SZ-", "AS-")
_OPEN = ("waiting", "overdue")
_SAID_NO = ("refused", "withdrawn")


@dataclass(frozen=True, slots=True)
class Stop:
    """One statement that keeps a line out."""

    mark: str
    """A ``brief_grid.Mark``: out, ask, asked, may be released."""
    why: str
    statement: str
    """Its id."""
    target: str
    """Reference of the target, operation, seizure or asset it is said of, for asking; "" where nobody can be asked."""
    kind: str = ""
    """Table of the statement, where its originator can be asked."""


@dataclass(slots=True)
class Stops:
    """What a recipient may not see of a reader's lines, statement by statement."""

    code: str
    persons: tuple[Viewer, ...]
    standing: Standing
    held: Mapping[str, Statement]
    granted: Mapping[str, list[Granted]]
    requests: Sequence[Request]
    targets: Mapping[str, str]
    """Id of a target or asset to its reference, as far as lines name them."""
    now_ms: int

    def of(self, line: Line) -> tuple[Stop, ...]:
        """The statements that keep one line out; none where its period does."""
        cited = {cite.id for cite in line.cites}
        found = (stop for cite in line.cites if cite.id in self.held for stop in self._of(cite, cited))
        return tuple(dict.fromkeys(found))

    def _of(self, cite: Cite, cited: Set[str]) -> Iterator[Stop]:
        """A statement and what it is said of: each may be hidden by itself; what is cited too stands for itself."""
        held = self.held[cite.id]
        officer = Viewer("", self.code, roles=frozenset({Role.LIAISON}))
        for at in (held, *(one for one in held.above if one.id not in cited)):
            released = [one.released for one in self.granted.get(at.id, ())]
            verdict = may_see(replace(at, parents=()), officer, self.standing, released, self.now_ms)
            if not verdict:
                yield self._stop(cite, held, at, verdict.reason)

    def _stop(self, cite: Cite, cited: Statement, at: Statement, reason: str) -> Stop:
        """What is said of ``at``, which a statement cited is, or is a line of."""
        kind, target = at.kind, self._target(at) or _itself(cite) or self._target(cited)
        if not self.standing.reads:
            return Stop("out", reason, at.id, "")
        if kind not in KINDS or not target or len(at.marking.originators) != 1:
            bare = reason.removesuffix(", not asked")
            return Stop("out", f"{bare}: its originator names {self.code} in it ({cite.ref})", at.id, "")
        line = Candidate(kind, at.id, cite.ref, "", at.marking, at.recorded_ms, "")
        may = permission(line, "", self.code, self.persons, self.requests, self.now_ms)
        if may.given:
            why = f"Out, may be released: {may.reason} ({cite.ref})"
            return Stop("may be released", why, at.id, target, kind)
        return self._unpermitted(line, reason, target)

    def _unpermitted(self, line: Candidate, reason: str, target: str) -> Stop:
        asked = self._asked(line.id)
        state = asked.state(self.now_ms) if asked is not None else ""
        if asked is None or state == "lapsed":
            return Stop("ask", f"{reason} ({line.title})", line.id, target, line.kind)
        told = f"{asked.originator} was asked, {asked.ref}: {state}"
        if state in _OPEN:
            due = format_dtg(from_ms(asked.due_ms))
            return Stop("asked", f"Out: {told}, due {due} ({line.title})", line.id, target)
        if state in _SAID_NO:
            return Stop("out", f"Out: {told} ({line.title})", line.id, target)
        return Stop("may be released", f"Out: {told} to another wording ({line.title})", line.id, target)

    def _asked(self, statement: str) -> Request | None:
        """The newest request about a statement for this recipient."""
        return next(
            (
                one
                for one in self.requests
                if one.partner == self.code and any(statement == id_ for _, id_, _ in one.lines)
            ),
            None,
        )

    def _target(self, at: Statement) -> str:
        """Reference of the target, or the asset asked for, a statement is said of; "" for none that a line names."""
        return self.targets.get(_root(at).id, "")


def _itself(cite: Cite) -> str:
    """Reference of the operation, seizure or asset a statement is said of, OP-0031 of OP-0031/14; "" for others."""
    return cite.ref.partition("/")[0] if cite.ref.startswith(_SUBJECTS) else ""


def _root(statement: Statement) -> Statement:
    """What a statement is a line of, in the end."""
    while statement.parents:
        statement = statement.parents[0]
    return statement


@contextmanager
def stops(room: Room, viewer: Viewer, own: Viewer, code: str, lines: Iterable[Line]) -> Iterator[Stops]:
    """What keeps ``lines`` of the reader ``own`` out of a recipient's copy, while the connection is open."""
    wanted: dict[str, set[str]] = defaultdict(set)
    cites = {cite.id: cite for line in lines for cite in line.cites}
    for cite in cites.values():
        wanted[cite.kind].add(cite.id)
    with room.db.reading(own) as conn:
        now = room.clock.now_ms()
        standing = room.register.standing(code, now)
        held, granted = store.statements(conn, wanted), store.granted(conn, code)
        targets = {
            _root(held[id_]).id: cite.ref.partition("/")[0]
            for id_, cite in cites.items()
            if id_ in held and (cite.kind == "asset" or (cite.kind in KINDS and cite.ref.startswith("T-")))
        }
        asked, persons = releases.requests(conn), (viewer.behind or viewer,)
        yield Stops(code, persons, standing, held, granted, asked, targets, now)
