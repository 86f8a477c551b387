"""One statement made ready to be looked at for a release, with a digest of what it says."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from maoc_tui.domain.assignments import Assignment, State
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.releases import Candidate
from maoc_tui.store.journal_chain import encoded

OVER = frozenset({State.DECLINED, State.RELIEVED})
"""Of assignments that are past, nothing is released any more."""


def candidate(
    kind: str,
    identifier: object,
    title: str,
    text: str,
    marking: Marking,
    recorded_ms: int,
    *said: Any,
    above: tuple[object, ...] = (),
) -> Candidate:
    """A statement; ``said`` is everything in it that two officers look at, ``above`` the ids it is a line of."""
    digest = digest_of(kind, *said)
    return Candidate(kind, str(identifier), title, text, marking, recorded_ms, digest, tuple(map(str, above)))


def digest_of(*fields: Any) -> str:
    """SHA-256 of what a statement says, hexadecimal: whether it still says what was released."""
    return sha256(encoded([_plain(field) for field in fields])).hexdigest()


def _plain(field: Any) -> Any:
    """Enumerations and truths as what they stand for."""
    if isinstance(field, str):
        return str(field)
    return int(field) if isinstance(field, bool) else field


def assigned(kind: str, one: Assignment, above: object) -> Candidate:
    """A partner in a role to a target or an operation."""
    whom = one.partner or "nobody agreed"
    title = f"{one.role.value.lower().replace('_', ' ')}: {whom}, {one.state.value.lower()}"
    said = (one.partner, one.role.value, one.state.value)
    return candidate(kind, one.id, title, title, one.marking, one.at_ms, *said, above=(above,))
