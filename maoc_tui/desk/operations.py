"""The operations desk: opening one, stepping it on, and what each step asks for.

Each function that writes is one commit: when it returns, it is in the record. Nothing is overwritten; where an
operation stands follows from its acts. Whoever sees an operation sees its acts: what only some may read belongs into
a log line, which has a marking of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import operations_undo
from maoc_tui.desk.clash import Stands, settle
from maoc_tui.desk.gate import changing
from maoc_tui.desk.law_reference import law
from maoc_tui.desk.operation_facts import around, facts
from maoc_tui.desk.operation_reading import opened, operations, sheet
from maoc_tui.desk.operation_snapshots import OperationSheet
from maoc_tui.desk.operation_whole import all_facts
from maoc_tui.desk.operation_words import (
    act,
    check_time,
    check_unboarded,
    may_fill,
    may_run,
    note,
    parse_result,
    references,
    state_code,
)
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import happened, marked, words
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operation_guards import check_step
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.domain.operations import (
    Act,
    Kind,
    State,
    newest,
    parse_field,
    parse_reference,
    parse_state,
)
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.targets import parse_reference as target_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import operations as store
from maoc_tui.store import targets as targets_store
from maoc_tui.store.operations import About, Operation

__all__ = [
    "basis", "nil", "open_operation", "opened", "operations", "set_state_field", "sheet", "step", "target", "team",
]  # fmt: skip


def open_operation(
    room: Room, viewer: Viewer, name: str, targets: str = "", *, marking: Marking | None = None
) -> OperationSheet:
    """Nominate an operation on targets (``T-0001, T-0003``); it gets its own reference. Raises BadInput."""
    require(viewer, Right.OPERATE)
    called, now, mark = words(name, "name", 80), room.clock.now_ms(), marked(viewer, marking)
    with changing(room, viewer) as (conn, seen):
        found = [targets_store.find(seen, ref) for ref in references(targets)]
        about = tuple(About(one.ref, one.id) for one in found)
        number = store.next_number(conn)
        made = Operation(uuid4(), number, called, viewer.name, now, mark, targets=about)
        store.add(conn, made)
        note(
            conn,
            viewer,
            now,
            "collect",
            made,
            f"opened on {', '.join(one.ref for one in about) or 'no target'}",
        )
    return sheet(room, viewer, made.ref)


def target(
    room: Room, viewer: Viewer, ref: str, about: str, *, drop: bool = False, reason: str = ""
) -> OperationSheet:
    """Add a target to an operation, or drop one with a reason. Raises BadInput, NotPermitted."""
    now = room.clock.now_ms()
    why = words(reason, "reason", 300, empty=not drop)
    wanted = target_reference(about)
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        may_run(viewer, made)
        check_unboarded(made)
        found = targets_store.find(seen, wanted)
        if drop is not any(one.id == found.id for one in made.targets):
            told = f"{found.ref} is {'not ' if drop else ''}in {made.ref} {'' if drop else 'already'}".strip()
            raise BadInput(f"{told}.", "Nothing is to be done.")
        store.set_target(conn, made.id, found.id, drop, why, viewer.name, now)
        note(conn, viewer, now, "alter", made, f"{'dropped' if drop else 'added'} {found.ref}", reason=why)
        operations_undo.target(conn, viewer, made, found.ref, dropped=drop, at_ms=now)
    return sheet(room, viewer, made.ref)


def step(
    room: Room,
    viewer: Viewer,
    ref: str,
    to: str,
    *,
    at: str = "",
    outcome: str = "",
    override: Iterable[str] = (),
    reason: str = "",
) -> OperationSheet:
    """Take a step; ``override`` names the guards to be passed, with the reason, by the coordinator alone.

    Raises NotPermitted saying what is missing and who fills it, BadInput for a step that cannot follow.
    """
    then, why = parse_state(to), words(reason, "reason", 400, empty=True)
    ended = shipped().parse_outcome(outcome).id if outcome.strip() else ""
    if ended and then is not State.CLOSED:
        raise BadInput("Only the last step has an outcome.", "Leave the outcome out, or step to closed.")
    named = tuple(one.strip().lower().replace("-", "_") for one in override)
    if named:
        require(viewer, Right.OVERRIDE_GUARD)
    when = happened(room, at)
    with changing(room, viewer) as (conn, seen):
        made = find(seen, ref)
        may_run(viewer, made)
        (held,) = all_facts(room, viewer, [made], around(room, viewer, seen, [made]), ended)
        guards = check_step(held, then, named, why, shipped())
        check_time(held, then, when)
        said = act(room, viewer, Kind.STEP, when, what=then.value, value=ended, guards=guards, text=why)
        _record(
            conn,
            viewer,
            made,
            said,
            f"step to {then}" + (f", overriding {', '.join(guards)}" if guards else ""),
        )
    return sheet(room, viewer, made.ref)


def set_state_field(
    room: Room, viewer: Viewer, ref: str, field: str, code: str, source: str, *, at: str = ""
) -> OperationSheet:
    """Say which State leads, seizes, is the flag, coastal, destination or prosecuting State, and who says so.

    ``none`` for the lead records that no lead is agreed. Raises BadInput, NotPermitted.
    """
    which = parse_field(field)
    said = act(
        room, viewer, Kind.FIELD, happened(room, at),
        what=which.value, value=state_code(room, which, code), source=words(source, "source", 200),
    )  # fmt: skip
    return _fill(room, viewer, ref, said, f"{which} {said.value}", {"code": (which.value, said.value)})


def basis(room: Room, viewer: Viewer, ref: str, rule: str, text: str = "", *, at: str = "") -> OperationSheet:
    """Record the legal basis of the boarding: a rule of the law table, with reference. ``none`` takes it back."""
    name = rule.strip().upper()
    if name == "NONE":
        name = ""
    elif name not in {one.id for one in law().rules.rules}:
        raise BadInput(f"There is no rule {rule[:20]!r}.", "See: maoc law --table.")
    why = words(text, "text", 400, empty=bool(name))
    said = act(room, viewer, Kind.BASIS, happened(room, at), what=name, text=why)
    return _fill(room, viewer, ref, said, f"basis {name or 'taken back'}")


def team(room: Room, viewer: Viewer, ref: str, name: str, text: str = "") -> OperationSheet:
    """Name the boarding team. Raises BadInput, NotPermitted."""
    said = act(
        room, viewer, Kind.TEAM, room.clock.now_ms(),
        what=words(name, "team", 60), text=words(text, "text", 300, empty=True),
    )  # fmt: skip
    return _run(room, viewer, ref, said, "team named")


def nil(room: Room, viewer: Viewer, ref: str, what: str, text: str = "") -> OperationSheet:
    """Record that there was no ``seizure``, or that no ``persons`` were concerned. Raises BadInput, NotPermitted."""
    result = parse_result(what)
    now = room.clock.now_ms()
    said = act(room, viewer, Kind.NIL, now, what=result.value, text=words(text, "text", 300, empty=True))
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        may_fill(viewer, made)
        if result in facts(made, around(room, viewer, seen, [made])).recorded:
            raise BadInput(
                f"The ledger has {result} of {made.ref}.", "Withdraw that line first if it is wrong."
            )
        _record(conn, viewer, made, said, f"no {result}")
    return sheet(room, viewer, made.ref)


def find(conn: Connection, ref: str) -> Operation:
    """The operation of a reference on this connection; BadInput when there is none."""
    return store.find(conn, parse_reference(ref))


def find_open(conn: Connection, ref: str) -> Operation:
    """The same, and still worked on."""
    made = find(conn, ref)
    last = newest(made.acts, Kind.STEP)
    if last is not None and last.what == State.CLOSED:
        raise BadInput(f"{made.ref} is closed.", "Step back to concluded first, with a reason.")
    return made


def _run(room: Room, viewer: Viewer, ref: str, said: Act, detail: str) -> OperationSheet:
    """Record an act of whoever runs the operation."""
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        may_run(viewer, made)
        _record(conn, viewer, made, said, detail)
    return sheet(room, viewer, made.ref)


def _fill(
    room: Room,
    viewer: Viewer,
    ref: str,
    said: Act,
    detail: str,
    fields: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> OperationSheet:
    """Record an act that the lead or seizing State may fill in too; ``fields`` are the States it names."""
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        may_fill(viewer, made)
        for name, (which, code) in fields.items():
            last = newest(made.acts, Kind.FIELD, which)
            now = Stands(last.value, last.by, last.entered_ms, which) if last else Stands("", called=which)
            settle(made.ref, {name: now}, {name: code})
        _record(conn, viewer, made, said, detail)
    return sheet(room, viewer, made.ref)


def _record(conn: Connection, viewer: Viewer, made: Operation, said: Act, detail: str) -> None:
    store.append(conn, made.id, said)
    note(conn, viewer, said.entered_ms, "alter", made, detail, reason=said.text if said.guards else "")
    operations_undo.said(conn, viewer, made, said)
