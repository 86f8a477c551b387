"""How somebody came into a room: who is signed in, as whom they were asked to come, whether they may write."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from maoc_tui.domain.clock import Clock
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer


@dataclass(slots=True)
class Admission:
    """Empty until somebody signs in; nothing else in the program decides on whose behalf it works."""

    session: UUID | None = None
    secret_hash: str = ""
    """Of the command line's token; "" on a screen."""
    roles: frozenset[Role] = frozenset()
    """Held when somebody last looked who is signed in: one of them taken away since stops every write."""
    asked: str = ""
    """The login that --as names: nobody else is let in."""
    read_only: bool = False
    chosen: Viewer | None = None
    """Who somebody says they are, where no account is enrolled: the demo asks only that."""
    purpose: str = ""
    """What somebody is here for, where no session keeps it."""
    wall: Clock = field(default_factory=Clock)
    """The machine's clock: sessions run by it, never by a scenario's."""
