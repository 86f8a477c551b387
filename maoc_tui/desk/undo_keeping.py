"""How an act that can be undone says so: in its own transaction it leaves the call that takes it back.

The record is append-only, so nothing is rolled back: to undo is to do the reverse, through the same functions, with
the same rights, in the journal like any act. The reverse leaves its own call back, and that is how it is done again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk.journal import note
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.store import undo as store
from maoc_tui.store.markings import marking_of, to_columns
from maoc_tui.store.undo import DONE, Row
from maoc_tui.store.undo_rests import released, stepped_on, worked_on

UNDO = "undone"
"""The reason that stands beside what was undone, where a reason is asked for."""
_FORWARD = "Enter what is right now."


@dataclass(slots=True)
class Replay:
    """An act that is being undone or done again."""

    row: Row
    """As it stands before."""
    what: str
    """UNDONE or REDONE."""
    kept: bool = False
    """Whether what is done has said that it did it."""


_REPLAY: ContextVar[Replay | None] = ContextVar("replay", default=None)


@contextmanager
def replaying(row: Row, what: str) -> Iterator[Replay]:
    """What is done meanwhile on this thread undoes an act, or does it again."""
    now = Replay(row, what)
    token = _REPLAY.set(now)
    try:
        yield now
    finally:
        _REPLAY.reset(token)


def is_replay() -> bool:
    """Whether what is done now undoes something or does it again."""
    return _REPLAY.get() is not None


def keep(
    conn: Connection,
    viewer: Viewer,
    at_ms: int,
    sentence: str,
    back: tuple[str, Mapping[str, Any]],
    touches: Iterable[str],
    about: UUID | None = None,
    *,
    alone: bool = True,
    became: tuple[UUID | str, UUID | str] | None = None,
) -> None:
    """Say how to take an act back, last in its transaction: the desk's function, and what it is given.

    ``touches`` names what is changed; ``alone`` is False for what is only ever done to undo another act.
    ``became`` says under which id that stands again what an earlier act knew by another.
    Raises NotPermitted where somebody changed the same since what is being undone.
    """
    replay = _REPLAY.get()
    if replay is None and not alone:
        return
    if replay is not None:
        check_unchanged(conn, replay.row)
        replay.kept = True
        note(
            conn,
            viewer,
            at_ms,
            "alter",
            "undo",
            replay.row.act.hex[:8],
            detail=f"{replay.what}: {sentence}"[:200],
        )
    name, given = back
    identifier = uuid4()
    row = Row(
        identifier,
        replay.row.act if replay else identifier,
        replay.what if replay else DONE,
        sentence,
        frozenset(touches) | (replay.row.touches if replay else frozenset()),
        about,
        _call_text(name, given, became),
        viewer.name,
        viewer.officer,
        viewer.partner,
        at_ms,
    )
    store.add(conn, row)


def _call_text(name: str, given: Mapping[str, Any], became: tuple[UUID | str, UUID | str] | None) -> str:
    call = {"act": name, "given": {key: _plain(value) for key, value in given.items()}}
    return json.dumps(call | ({"became": [str(one) for one in became]} if became else {}))


def check_unchanged(
    conn: Connection, row: Row, shows: Callable[[UUID | None], bool] = lambda _: False
) -> None:
    """Raise NotPermitted where somebody changed the same after an act; who and when, if the viewer sees what it was."""
    if not store.is_newest(conn, row):
        raise NotPermitted(
            "You undid it, or did it again, at another terminal meanwhile.", "See: maoc undo --list."
        )
    other = store.in_the_way(conn, row)
    if other is not None:
        who = f"{other.by} ({other.by_partner}) changed the same since, {format_dtg(from_ms(other.at_ms))}."
        told = who if shows(other.about) else "It is not any more as you left it."
        raise NotPermitted(told, "Undo that first, or enter what is right now.")
    check_free(conn, row)


def check_free(conn: Connection, row: Row) -> None:
    """Raise NotPermitted where something that is not undone rests on an act that stands."""
    if not row.stands:
        return
    if stepped_on(conn, row):
        raise NotPermitted("The operation took a step or a decision since.", _FORWARD)
    if row.entered is not None:
        check_unreleased(conn, row.entered, "Recall it, then set its status.")
        if worked_on(conn, row):
            raise NotPermitted(
                "Something rests on it by now that is not undone.", "Set its status, with the reason."
            )
    elif row.about is not None and row.touches & {
        f"{what} of {row.about}" for what in ("status", "designation")
    }:
        check_unreleased(conn, row.about, _FORWARD, row.at_ms)


def check_unreleased(conn: Connection, identifier: UUID | str, way_out: str, since_ms: int = 0) -> None:
    """Raise NotPermitted where what would be undone was released to somebody: a release is never undone."""
    if released(conn, identifier, since_ms=since_ms):
        raise NotPermitted("It was released, and a release is not undone.", way_out)


def _plain(value: Any) -> Any:
    """A value as JSON holds it; ``read_call`` reads it back."""
    if isinstance(value, Marking):
        return {"marking": to_columns(value)}
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def read_call(text: str, later: Iterable[str] = ()) -> tuple[str, dict[str, Any]]:
    """A call as it was kept: the name of the desk's function, and what it is given.

    ``later`` are the calls kept since, in order: what stands again under another id is called by that.
    """
    for one in later:
        old, new = json.loads(one).get("became", ("", ""))
        text = text.replace(f'"{old}"', f'"{new}"') if old else text
    raw = json.loads(text)
    return raw["act"], {key: _read(value) for key, value in raw["given"].items()}


def _read(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"marking"}:
        return marking_of(**value["marking"])
    return value
