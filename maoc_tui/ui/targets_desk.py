"""The Targets screen's line to its desk: every function may block and runs in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.marking import Marking
from maoc_tui.problems import BadInput
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.targets import NewTarget, Saved, TargetRow, TargetSheet


def rows(desk: LiveDesk, query: str) -> tuple[TargetRow, ...]:
    """The targets that match a query, open ones first."""
    from maoc_tui.desk import targets

    room = desk.open()
    return targets.chosen(room, targets.listing(room, desk.viewer), query)


def version(desk: LiveDesk) -> tuple[int, tuple[str, ...]]:
    """Differs when something was committed since, or other zones are in force."""
    from maoc_tui.desk import zone_hand

    room = desk.open()
    return int(room.db.data_version()), zone_hand.waters(room, desk.viewer).stamp


def sheet(desk: LiveDesk, ref: str) -> TargetSheet:
    """Everything on one target."""
    from maoc_tui.desk import targets

    return targets.opened(desk.open(), desk.viewer, ref)


def prefill(desk: LiveDesk, key: int) -> NewTarget:
    """A new target proposed from a contact; raises BadInput for a number that identifies nobody."""
    from maoc_tui.desk import targets

    targets.check_joinable(key)
    return targets.prefill(desk.open(), desk.viewer, key).entry


Reader = Callable[[str, str], dict[str, str]]


def reader(desk: LiveDesk) -> Reader:
    """What reads a report on a target of a kind: field to value, nothing where the kind is none."""
    from maoc_tui.desk import targets

    room = desk.open()

    def read(text: str, kind: str) -> dict[str, str]:
        try:
            return {one.field: one.value for one in targets.offers(room, text, kind)}
        except BadInput:
            return {}

    read("", "vessel")  # the tables are read here, in the worker
    return read


def entry(values: Mapping[str, str], facts: tuple[str, ...], kind: str, marking: Marking | None) -> NewTarget:
    """What a form says of a new target."""
    from maoc_tui.desk import targets

    plain = ("description", "type", "area", "position", "radius", "at", "source")
    return targets.NewTarget(
        kind=values.get("kind", "") or kind,
        marking=marking,
        values={name: values[name] for name in facts},
        **{name: values.get(name, "") for name in plain},
    )


def act(desk: LiveDesk, name: str, *args: Any, **kwargs: Any) -> Saved:
    """Do one of the desk's acts; returns after the commit."""
    from maoc_tui.desk import targets

    done: Callable[..., Saved] = getattr(targets, name)
    return done(desk.open(), desk.viewer, *args, **kwargs)


def warnings(desk: LiveDesk, new: NewTarget, key: int = 0) -> tuple[str, ...]:
    """Targets that may be the same as a new one, a sentence each."""
    from maoc_tui.desk import targets

    found = targets.duplicates_of(desk.open(), desk.viewer, new, key)
    return tuple(
        f"{'Likely' if d.likely else 'May be'} {d.ref} {d.title} ({d.status}): {'; '.join(d.reasons)}."
        for d in found
    )


def link_warnings(desk: LiveDesk, ref: str, key: int) -> tuple[str, ...]:
    """What speaks against linking a target to a contact."""
    from maoc_tui.desk import targets

    return targets.warnings_of(desk.open(), desk.viewer, ref, key)
