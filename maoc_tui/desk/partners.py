"""The partners desk: who the Centre works with, what each is on any day, and the acts that change it."""

from __future__ import annotations

from maoc_tui.desk.room import Room
from maoc_tui.domain.partners import Register

__all__ = ["register"]


def register(room: Room) -> Register:
    """The register as it stands now: the shipped file and every recorded act."""
    return room.register
