"""Who will see a statement once it is saved so: the sentence before saving, and the presets of the day."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.desk.room import Room
from maoc_tui.domain.audience import Audience, audience
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.marking_presets import NAMES, codes
from maoc_tui.domain.partners import Register
from maoc_tui.domain.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Readers:
    """The partners of one moment, to say who reads what is marked how."""

    register: Register
    at_ms: int
    originator: str

    @property
    def members(self) -> frozenset[str]:
        """The full members of that moment."""
        return self.register.members(self.at_ms)

    def audience(self, marking: Marking) -> Audience:
        """Who will see it and who will not; prospective members are always mentioned."""
        standings = (self.register.standing(code, self.at_ms) for code in self.register.codes)
        prospective = [one.code for one in standings if one.status == "prospective"]
        return audience(marking, self.register, self.at_ms, prospective)

    def presets(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each preset with the codes it stands for now."""
        return tuple((name, codes(name, self.members, self.originator)) for name in NAMES)


def readers(room: Room, viewer: Viewer) -> Readers:
    """The partners as they stand now, for whoever is about to mark something."""
    return Readers(room.register, room.clock.now_ms(), viewer.partner)
