"""Who is looking. Every read takes a viewer, so that the gate comes in at one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maoc_tui.domain.roles import Role

CENTRE = "MAOC"
"""Partner code of the Centre's own staff."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or partner on whose behalf something is read or done."""

    name: str
    """As written into the record: who did this."""
    partner: str
    """Partner code; ``MAOC`` is the Centre's own staff."""
    all_seeing: bool = False
    """Sees every row: the system's own work, and the single-user mode before sign-in exists."""
    roles: frozenset[Role] = frozenset()
    """Functions held now; nobody but an all-seeing viewer may do anything without one."""
    officer: str = ""
    """Id of the officer; "" for none."""
    seeing_as: str = ""
    """Partner whose view this is, while somebody else looks through it; ``partner`` says the same then."""
    behind: Viewer | None = None
    """Who looks, while ``seeing_as`` is set: nobody learns through another's eyes what is hidden from them."""
    read_only: bool = False
    """Nothing may be written on this viewer's behalf."""
    purpose: str = ""
    """What the session is for, as said at sign-in; "" while nobody said (domain.purpose)."""


WATCH = Viewer(name="watch", partner=CENTRE, all_seeing=True)
"""The one viewer until sign-in exists."""
