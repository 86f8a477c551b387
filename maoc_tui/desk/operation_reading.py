"""Operations as the viewer may see them: the board, and everything on one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.assignments import of_operation
from maoc_tui.desk.operation_facts import around
from maoc_tui.desk.operation_snapshots import ActLine, LogEntry, OperationRow, OperationSheet, StepChoice
from maoc_tui.desk.operation_whole import all_facts
from maoc_tui.desk.operation_words import audience
from maoc_tui.desk.room import Room
from maoc_tui.domain.operation_guards import bases, missing
from maoc_tui.domain.operation_rules import OperationRules, shipped
from maoc_tui.domain.operations import (
    Act,
    Facts,
    Kind,
    Result,
    State,
    decisions,
    newest,
    outcome,
    parse_reference,
    state_of,
    states,
)
from maoc_tui.domain.requests import Scope
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import operation_log as log_store
from maoc_tui.store import operations as store
from maoc_tui.store.operation_log import Line
from maoc_tui.store.operations import Operation

NOT_TOLD = "not told"
"""What stands where an operation is seen only because it was released."""


def operations(room: Room, viewer: Viewer, *, past: bool = False) -> tuple[OperationRow, ...]:
    """Operations the viewer may see, those furthest on first, the last changed first; closed ones with ``past``."""
    require(viewer, Right.READ)
    with room.db.reading(viewer) as conn:
        found = [one for one in store.load(conn) if past or where(one) is not State.CLOSED]
        stands, logged = around(room, viewer, conn, found), store.log_newest(conn)
    held = all_facts(room, viewer, found, stands)
    rows = (_row(one, known, logged.get(one.id, 0)) for one, known in zip(found, held, strict=True))
    order = list(State)
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.next_step is None,
                -order.index(row.state) if row.state is not None else 0,
                -row.newest_ms,
                row.ref,
            ),
        )
    )


def sheet(room: Room, viewer: Viewer, ref: str) -> OperationSheet:
    """Everything on one operation; BadInput when there is none the viewer may see."""
    require(viewer, Right.READ)
    with room.db.reading(viewer) as conn:
        return _sheet(room, viewer, conn, store.find(conn, parse_reference(ref)))


def opened(room: Room, viewer: Viewer, ref: str) -> OperationSheet:
    """The same, when somebody opens it: that they did is in the journal before they read a word."""
    found = sheet(room, viewer, ref)
    journal.consult(room, viewer, "operation", found.row.ref, found.row.marking)
    return found


def _sheet(room: Room, viewer: Viewer, conn: Connection, made: Operation) -> OperationSheet:
    lines = log_store.load(conn, operation=made.id)
    stands = around(room, viewer, conn, [made])
    (held,), rules = all_facts(room, viewer, [made], stands), shipped()
    said = stands.said() if any(act.kind is Kind.CONDITION for act in made.acts) else {}
    acts = [
        act_line(act, rules, said.get(act.value, ""))
        for act in made.acts
        if act.kind is not Kind.CONDITION or act.value in said
    ]
    timeline: list[LogEntry | ActLine] = [*acts, *entries_of(lines)]
    return OperationSheet(
        row=_row(made, held, max((line.entered_ms for line in lines), default=0)),
        targets=stands.of(made),
        timeline=tuple(sorted(timeline, key=lambda one: (one.at_ms, one.entered_ms))),
        steps=tuple(choices(held, rules)) if made.told else (),
        decisions=tuple(decisions(made.acts, made.covered_from).values()),
        basis=bases(made.acts, made.covered_from),
        team=_what(made.acts, Kind.TEAM),
        go=newest(made.acts, Kind.GO),
        check_ins=held.check_ins,
        conditions=tuple(map(str, held.conditions)),
        consent=stands.against(made, Scope.BOARD) if made.told else (),
        overridden=tuple(line for line in acts if line.overridden),
        nil=tuple(result for result in Result if newest(made.acts, Kind.NIL, result) is not None),
        log_marking=audience(viewer, made),
        assigned=of_operation(room, viewer, conn, made),
    )


def where(made: Operation) -> State | None:
    """Where an operation stands; None where the viewer is not told."""
    return state_of(made.acts) if made.told else None


def choices(held: Facts, rules: OperationRules) -> Iterator[StepChoice]:
    """What may follow, the usual next step first, with what stands against each."""
    now = state_of(held.acts)
    for to in (*rules.forward[now], *rules.back[now]):
        yield StepChoice(to, rules.titles[to], to in rules.back[now], missing(held, to, rules))


def entries_of(lines: Sequence[Line]) -> Iterator[LogEntry]:
    """Log lines as shown, each with what it corrects and what corrects it, as far as these lines tell."""
    refs: dict[UUID | None, str] = {line.id: line.ref for line in lines}
    corrected = {line.corrects: line.ref for line in sorted(lines, key=lambda line: line.entered_ms)}
    for line in lines:
        yield LogEntry(
            ref=line.ref,
            at_ms=line.at_ms,
            entered_ms=line.entered_ms,
            kind=line.kind,
            text=line.text,
            by=line.by,
            marking=line.marking,
            said_time=line.said_time,
            corrects=refs.get(line.corrects, ""),
            corrected_by=corrected.get(line.id, ""),
            clock=f"CK-{line.clock:04d}" if line.clock is not None else "",
        )


def act_line(act: Act, rules: OperationRules, about: str = "") -> ActLine:
    """An act as the timeline shows it; ``about`` is what it refers to by a digest, as far as the viewer sees that."""
    said = (act.who, act.authority, act.by_right, act.source, act.text, about)
    by = f"{act.by} ({act.role})" if act.guards else act.by
    words = {guard.id: guard.words for guard in rules.guards}
    return ActLine(
        kind=act.kind.value,
        at_ms=act.at_ms,
        entered_ms=act.entered_ms,
        title=_title(act, rules),
        text="; ".join(filter(None, said)),
        by=by,
        overridden=tuple(words.get(guard, guard) for guard in act.guards),
    )


def _title(act: Act, rules: OperationRules) -> str:
    """``intercept approved``, ``decision ES: approved``, ``lead: ES``, ``basis R26``, ``go``."""
    if act.kind is Kind.STEP:
        ended = f": {rules.outcomes[act.value].title}" if act.value in rules.outcomes else ""
        return rules.titles[State(act.what)] + ended
    if act.kind is Kind.DECISION:
        return f"decision {act.what}: {act.value}"
    if act.kind is Kind.FIELD:
        return f"{act.what}: {act.value or 'nobody'}"
    if act.kind is Kind.NIL:
        return f"no {act.what}"
    if act.kind is Kind.BASIS:
        return f"basis {act.what}" if act.what else "basis taken back"
    if act.kind is Kind.FORCE:
        return f"report on force: {rules.kinds[act.what].title}" if act.what in rules.kinds else act.what
    if act.kind is Kind.CONDITION:
        return "condition taken note of"
    return act.what if act.kind is Kind.GO else f"{act.kind} {act.what}"


def _row(made: Operation, held: Facts, logged_ms: int) -> OperationRow:
    rules, now = shipped(), where(made)
    following = rules.forward[now] if now is not None else ()
    to = following[0] if following else None
    stands = missing(held, to, rules) if to is not None else ()
    due = [one.due_ms for one in held.check_ins if one.due_ms is not None]
    ended = outcome(made.acts)
    return OperationRow(
        ref=made.ref,
        name=made.name,
        state=now,
        state_title=rules.titles[now] if now is not None else NOT_TOLD,
        targets=held.targets,
        states=states(made.acts),
        next_step=to,
        next_action=stands[0].words if stands else f"step to {rules.titles[to]}" if to is not None else "",
        owner=stands[0].who if stands else "coordinator" if to is not None else "",
        missing_count=len(stands),
        newest_ms=max(made.newest_ms, logged_ms),
        check_in_due_ms=min(due, default=None),
        outcome=rules.outcomes[ended].title if ended in rules.outcomes else ended,
        marking=made.marking,
        by=made.by,
    )


def _what(acts: Sequence[Act], kind: Kind) -> str:
    said = newest(acts, kind)
    return said.what if said is not None else ""
