"""What every act on a release needs: who did it, which release, which wording, and its line in the journal."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from uuid import UUID

from sqlalchemy import Connection, Table, select

from maoc_tui.desk.journal import note
from maoc_tui.desk.release_statements import candidates, named
from maoc_tui.desk.target_words import words
from maoc_tui.domain import assets, operations, seizures, targets
from maoc_tui.domain.releases import WORDED, By, Candidate, Proposal, parse_number
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import releases as store
from maoc_tui.store.assets import ASSET
from maoc_tui.store.operations import OPERATION
from maoc_tui.store.seizures import EVENT
from maoc_tui.store.targets import TARGET


def by(viewer: Viewer, at_ms: int) -> By:
    """Who does something now."""
    return By(viewer.name, viewer.officer, viewer.partner, at_ms)


def noted(
    conn: Connection,
    viewer: Viewer,
    at_ms: int,
    action: str,
    made: Proposal,
    reason: str,
    about: Container[str] | None = None,
) -> None:
    """Write an act on a release into the journal, for each originator of what it is ``about`` by itself.

    ``about`` holds ids of statements; None stands for every line.
    """
    lines = [line for line in made.lines if about is None or line.id in about]
    for origin in sorted({line.originator for line in lines}):
        count = sum(line.originator == origin for line in lines)
        note(
            conn, viewer, at_ms, action, "release", made.ref,
            owner=origin, recipient=made.partner, reason=reason, detail=f"lines of {origin}: {count}",
        )  # fmt: skip


def the_word(made: Proposal) -> str:
    """What the second person types: whom it goes to and how many lines."""
    return f"{made.partner} {len(made.lines)}"


def find(conn: Connection, ref: str, viewer: Viewer | None = None) -> Proposal:
    """The proposal of a reference (R-0012); raises BadInput when this connection shows none.

    ``viewer`` finds none to its own partner: the checklist weighs the recipient.
    """
    number = parse_number(ref, "R")
    for made in store.proposals(conn):
        mine = viewer is not None and not viewer.all_seeing and made.partner == viewer.partner
        if made.number == number and not mine:
            return made
    raise BadInput(f"There is no release {ref}.", "See: maoc release list.")


_NUMBERED: Mapping[str, tuple[Table, Callable[[int], str]]] = {
    "target": (TARGET, targets.reference),
    "operation": (OPERATION, operations.reference),
    "seizure": (EVENT, seizures.reference),
    "asset": (ASSET, assets.reference),
}


def subject_ref(conn: Connection, made: Proposal) -> str:
    """The reference (T-0417, OP-0031) of what a release is about; BadInput when this connection does not show it."""
    number: int | None = None
    if made.subject.kind:
        of, refer = _NUMBERED[made.subject.kind]
        number = conn.scalar(select(of.c.number).where(of.c.id == UUID(made.subject.id)))
    if number is None:
        raise BadInput(f"What {made.ref} is about is hidden from you.", "Let somebody look who sees it.")
    return refer(number)


def lines_of(conn: Connection, made: Proposal) -> tuple[str, tuple[Candidate, ...]]:
    """The reference of what a release is about, and its statements as they stand.

    For an originator from whom that is hidden, the release's own reference, and of its statements those that are
    subjects themselves: its operation, its target.
    """
    if made.subject.kind:
        subject, held = candidates(conn, subject_ref(conn, made))
        return subject.ref, held
    refs = (
        refer(number)
        for line in made.lines
        if line.kind in _NUMBERED
        for of, refer in (_NUMBERED[line.kind],)
        for number in conn.scalars(select(of.c.number).where(of.c.id == UUID(line.id)))
    )
    return made.ref, tuple(candidates(conn, ref)[1][0] for ref in refs)


def wordings(held: tuple[Candidate, ...], typed: Mapping[str, str]) -> dict[str, str]:
    """Statement id -> the other wording typed for it."""
    found = {}
    for word, text in typed.items():
        line = named(held, word)
        if line.kind not in WORDED:
            raise BadInput(
                f"{line.title} cannot be worded otherwise.", "Release it as it is, or leave it out."
            )
        found[line.id] = words(text, "wording", 2000)
    return found
