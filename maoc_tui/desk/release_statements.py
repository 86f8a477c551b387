"""What may be looked at for a release: the statements of a target, an operation, a seizure or an asset, itself first.

Each kind of subject says in a module of its own (release_of_…) what its statements are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from maoc_tui.desk import release_of_asset, release_of_operation, release_of_seizure, release_of_target
from maoc_tui.domain.releases import Candidate, Subject
from maoc_tui.problems import BadInput

Held = tuple[Subject, tuple[Candidate, ...]]
_OF: dict[str, Callable[[Connection, str], Held]] = {
    "OP": release_of_operation.candidates,
    "SZ": release_of_seizure.candidates,
    "AS": release_of_asset.candidates,
}
"""How references begin -> the statements; whatever begins otherwise is a target's."""


def candidates(conn: Connection, ref: str) -> Held:
    """What a reference names and every statement of it that stands, as far as this connection shows them.

    Itself comes first. Raises BadInput when there is no such thing for whoever looks.
    """
    return _OF.get(ref.strip()[:2].upper(), release_of_target.candidates)(conn, ref)


def chosen(held: tuple[Candidate, ...], wanted: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The statements of which ids, or unmistakable beginnings of ids, were given; what they belong to always.

    A line without what it is a line of can be shown to nobody. Raises BadInput.
    """
    found = {held[0].id, *(named(held, word).id for word in wanted)}
    whole = found | above(held, found)
    return tuple(one for one in held if one.id in whole)


def named(held: tuple[Candidate, ...], word: str) -> Candidate:
    """The statement of an id, or of the unmistakable beginning of one; raises BadInput."""
    start = word.strip().lower()
    fits = [one for one in held if one.id.startswith(start)] if len(start) >= 4 else []
    if len(fits) != 1:
        reason = "fits several statements" if fits else "is no statement of this"
        raise BadInput(
            f"{word[:40]!r} {reason}.", "See the ids with: maoc release lines T-0001 --for XX --json."
        )
    return fits[0]


def above(held: Iterable[Candidate], some: Iterable[str]) -> frozenset[str]:
    """Ids of everything that some statements belong to, up to the last, and of what stands in place of any of it."""
    of, wanted, found = {one.id: one.above + one.beside for one in held}, list(some), set[str]()
    while wanted:
        for id_ in of.get(wanted.pop(), ()):
            if id_ not in found:
                found.add(id_)
                wanted.append(id_)
    return frozenset(found)
