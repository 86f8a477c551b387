"""What people type about an operation, made ready for the record, and who may do what to whose operation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operation_guards import deciding, rests_on
from maoc_tui.domain.operations import (
    NOT_AGREED,
    Act,
    Facts,
    Field,
    Kind,
    Result,
    State,
    newest,
    state_of,
    was_boarded,
)
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import Role, named, require
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import operation_digests
from maoc_tui.store.operations import Operation


def coordinates(viewer: Viewer) -> bool:
    """Whether the viewer runs the watch, and so every operation it sees."""
    return viewer.all_seeing or Role.COORDINATOR in viewer.roles


def runs(viewer: Viewer, made: Operation) -> bool:
    """Whether the viewer runs this operation: the coordinator, or officers of who opened it."""
    return coordinates(viewer) or made.marking.originators == {viewer.partner}


def may_run(viewer: Viewer, made: Operation) -> None:
    """Raise NotPermitted unless the viewer runs this operation."""
    require(viewer, Right.OPERATE)
    if not runs(viewer, made):
        whose = " ".join(sorted(made.marking.originators))
        raise NotPermitted(
            f"{made.ref} is run by the coordinator and officers of {whose}.", "Write a log line, or ask them."
        )


def may_fill(viewer: Viewer, made: Operation) -> None:
    """Raise NotPermitted unless the viewer runs it or speaks for the State that leads it or seizes."""
    require(viewer, Right.OPERATE)
    if viewer.partner not in deciding(Facts(made.acts)):
        may_run(viewer, made)


def may_decide(viewer: Viewer, state: str) -> None:
    """Raise NotPermitted unless the viewer may record what a State decided: its own officers, or the coordinator."""
    require(viewer, Right.DECIDE)
    if not coordinates(viewer) and viewer.partner != state:
        raise NotPermitted(
            f"Only officers of {state} record what {state} decided.", "Ask them, or the coordinator."
        )


def audience(viewer: Viewer, made: Operation) -> Marking:
    """Whoever reads the operation reads a line of it, unless it is marked otherwise; said by the viewer's partner."""
    readers = made.marking.readers - {viewer.partner}
    return replace(
        made.marking, originators=frozenset({viewer.partner}), grade=None, releasable_to=frozenset(readers)
    )


MINUTE_MS = 60_000


def check_unboarded(made: Operation) -> None:
    """What was boarded stays what it was: raises BadInput for a change of targets while a boarding stands."""
    if state_of(made.acts) in (State.BOARDED, State.CONCLUDED) and was_boarded(made.acts):
        raise BadInput(
            f"{made.ref} has boarded: its targets stand.",
            "Open another operation, or step back to under way first, with a reason.",
        )


def check_time(held: Facts, to: State, when: int) -> None:
    """Raise BadInput for a step dated before the one it follows, or before what it rests on, by the minute."""
    last, base = newest(held.acts, Kind.STEP), rests_on(held, to)
    if last is not None and when < last.at_ms // MINUTE_MS * MINUTE_MS:
        raise BadInput("That is before the step it follows.", "Check the time.")
    if base is not None and when < base[0] // MINUTE_MS * MINUTE_MS:
        raise BadInput(
            f"That is before {base[1]} it rests on, of {format_dtg(from_ms(base[0]))}.",
            "Check the time; a decision or basis that was given earlier is recorded with the time it was given.",
        )


def check_told(made: Operation, told: int, why: str) -> None:
    """Raise BadInput for a decision told before the operation was opened, unless it is said why it counts."""
    if told < made.entered_ms // MINUTE_MS * MINUTE_MS and not why:
        raise BadInput(
            f"That was told before {made.ref} was opened, {format_dtg(from_ms(made.entered_ms))}.",
            "Say in the text why it counts for this operation, or check the time.",
        )


def act(room: Room, viewer: Viewer, kind: Kind, at_ms: int, **said: Any) -> Act:
    """An act by the viewer, entered now."""
    role = "single-user mode" if viewer.all_seeing else named(viewer.roles)
    return Act(
        kind,
        at_ms,
        room.clock.now_ms(),
        viewer.name,
        viewer.partner,
        role=role,
        officer=viewer.officer,
        **said,
    )


def note(
    conn: Any, viewer: Viewer, at_ms: int, action: str, made: Operation, detail: str, **more: str
) -> None:
    """Write what was done to an operation into the journal, in the same transaction, with digests of what is new.

    ``made`` is the operation as it was before.
    """
    owner = journal.origin(made.marking)
    seal(conn, viewer, at_ms, made)
    journal.note(conn, viewer, at_ms, action, "operation", made.ref, owner=owner, detail=detail, **more)


def seal(conn: Connection, viewer: Viewer, at_ms: int, made: Operation) -> None:
    """Keep the digest of every act and check-in in the journal that ``made`` does not have yet."""
    held = {"operation_act": len(made.acts), "check_in": len(made.check_ins)}
    for kind in operation_digests.KINDS:
        for digest, _, _ in operation_digests.rows(conn, made.id, kind, held[kind]):
            owner = journal.origin(made.marking)
            journal.note(conn, viewer, at_ms, "collect", kind, made.ref, owner=owner, detail=digest)


def state_code(room: Room, field: Field, text: str) -> str:
    """The code of a State that exists, or that no lead is agreed; raises BadInput."""
    word = text.strip().upper()
    if word in ("NONE", "NOT AGREED", "-") and field is Field.LEAD:
        return NOT_AGREED
    if word in room.reference.flag_tables.names:
        return word
    raise BadInput(
        f"{text[:40]!r} is not the code of a State.",
        "Write two letters, such as ES; for a lead that is not agreed: none.",
    )


def references(text: str) -> tuple[str, ...]:
    """References of targets as typed, parted by commas or blanks, each once."""
    return tuple(dict.fromkeys(parse_reference(word) for word in text.replace(",", " ").split()))


def parse_result(text: str) -> Result:
    """Read ``seizure`` or ``persons``."""
    word = text.strip().lower()
    if word not in set(Result):
        raise BadInput(f"{text[:40]!r} is no result.", f"Choose {' or '.join(Result)}.")
    return Result(word)
