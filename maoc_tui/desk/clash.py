"""Two officers change the same entry: field by field, what was seen is held against what stands there now.

What only somebody else changed is taken over, and told; where both changed a field both values are told, and the one
who comes second chooses. What stands is read as the one who asks may read it; neither value is lost: the one that
gives way stays in the history. Who says nothing of what was seen, such as an undo, is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.target_record import Target
from maoc_tui.store import edits
from maoc_tui.store import targets as store


@dataclass(frozen=True, slots=True)
class ClashField:
    """One field that was changed by another."""

    field: str
    """As officers call it."""
    was: str
    """What stood there when the form was opened."""
    theirs: str
    """What somebody else saved since; it stands in the record."""
    yours: str
    by: str
    at: str
    """When they saved it, ISO 8601; "" where that is not known."""
    name: str
    """As the act that was asked for calls it."""


class Clash(edits.Changed):
    """Somebody changed the same fields since they were read; saved again having seen that, yours take their place."""

    code = "clash"

    def __init__(
        self, message: str, way_out: str, fields: tuple[ClashField, ...], version: int | None = None
    ) -> None:
        super().__init__(message, way_out)
        self.fields, self.version = fields, version

    def as_json(self) -> dict[str, dict[str, Any]]:
        """The error object of the command line, with the fields, and the version that stands now where there is one."""
        told = super().as_json()["error"]
        version = {} if self.version is None else {"version": self.version}
        return {"error": {**told, **version, "fields": [asdict(one) for one in self.fields]}}


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands in a field now, and who said so when, as far as that is known."""

    value: str
    by: str = ""
    at_ms: int | None = None
    called: str = ""
    """The field as officers call it, where that is not its name."""


@dataclass(slots=True)
class Sight:
    """What somebody saw of an entry before changing it."""

    saw: Mapping[str, str]
    """By field, as the act calls it; a field that is not there is not compared."""
    taken: list[ClashField] = field(default_factory=list)
    """What only another changed meanwhile, and was taken over."""


_SIGHT: ContextVar[Sight | None] = ContextVar("sight", default=None)


@contextmanager
def having_seen(saw: Mapping[str, str]) -> Iterator[Sight]:
    """What is changed meanwhile on this thread is changed by somebody who saw this."""
    sight = Sight(saw)
    token = _SIGHT.set(sight)
    try:
        yield sight
    finally:
        _SIGHT.reset(token)


def compared(name: str) -> bool:
    """Whether whoever changes something now said what was seen of a field."""
    sight = _SIGHT.get()
    return sight is not None and name in sight.saw


def settle(
    ref: str, stands: Mapping[str, Stands], yours: Mapping[str, str], *, version: int | None = None
) -> None:
    """Hold what is to be saved (only the fields that are changed) against what stands. Raises Clash."""
    sight = _SIGHT.get()
    if sight is None:
        return
    twice: list[ClashField] = []
    for name, now in stands.items():
        saw = sight.saw.get(name, now.value)
        mine = yours.get(name, saw)
        if now.value in (saw, mine):
            continue
        at = f"{from_ms(now.at_ms):%Y-%m-%dT%H:%M:%SZ}" if now.at_ms is not None else ""
        found = ClashField(now.called or name, saw, now.value, mine, now.by or "somebody", at, name)
        (sight.taken if mine == saw else twice).append(found)
    if twice:
        raise _clash(ref, tuple(twice), version)


def _clash(ref: str, fields: tuple[ClashField, ...], version: int | None) -> Clash:
    first = fields[0]
    told = "; ".join(
        f"{one.field} was {one.was or 'empty'}, theirs {one.theirs or 'empty'}, yours {one.yours or 'empty'}"
        for one in fields
    )
    when = f" at {first.at[11:16]}Z" if first.at else ""
    return Clash(
        f"{ref} was changed by {first.by}{when}, after you read it: {told}.",
        "Save again to let yours take its place, or leave: theirs stands, yours is kept as a draft.",
        fields,
        version,
    )


def of_target(view: Connection, target: Target, name: str, yours: str, version: int | None) -> None:
    """Hold one field of a target against what stands; with ``version`` what was seen is what stood in that version.

    Changes of other fields since stand beside this one. Raises Clash, and Changed for a version that has never been.
    """
    if version is not None and version > target.version:
        raise edits.Changed(
            f"{target.ref} has no version {version} yet: it stands at {target.version}.",
            "Read it again, then decide.",
        )
    every = store.changes(view, target.id)
    own = [one for one in every if one.field == name]
    last = own[-1] if own else None
    value = str(getattr(target, name))
    now = {name: Stands(value, last.by, last.at_ms) if last else Stands(value)}
    if version is None:
        settle(target.ref, now, {name: yours}, version=target.version)
        return
    since = every[max(len(every) - (target.version - version), 0) :]
    with having_seen({name: next((one.old for one in since if one.field == name), value)}):
        settle(target.ref, now, {name: yours}, version=target.version)


def changed_last(
    lines: Iterable[tuple[Mapping[str, str], str, int]], names: Mapping[str, str]
) -> dict[str, Stands]:
    """What stands in several fields after lines (values, who, when) in the order they were said, with who said each.

    ``names`` are the fields, with what officers call each.
    """
    stands = {name: Stands("", called=called) for name, called in names.items()}
    for values, by, at_ms in lines:
        for name, before in stands.items():
            if values.get(name, "") != before.value:
                stands[name] = Stands(values.get(name, ""), by, at_ms, before.called)
    return stands


class Line(Protocol):
    """A line of a log, corrected by another that points back to it."""

    @property
    def id(self) -> UUID: ...
    @property
    def ref(self) -> str: ...
    @property
    def corrects(self) -> UUID | None: ...
    @property
    def text(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def entered_ms(self) -> int: ...


L = TypeVar("L", bound=Line)


def in_place(lines: Callable[[], Iterable[L]], wrong: L, yours: str) -> L:
    """The line that stands in the place of one to be corrected to ``yours``: itself, unless somebody was faster.

    For whoever does not say what was seen of it, always itself. Raises Clash.
    """
    if not compared("text"):
        return wrong
    later, last = {one.corrects: one for one in lines() if one.corrects is not None}, wrong
    while last.id in later:
        last = later[last.id]
    if last is not wrong:
        settle(wrong.ref, {"text": Stands(last.text, last.by, last.entered_ms, "line")}, {"text": yours})
    return last
