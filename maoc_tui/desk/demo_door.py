"""The way into the demo: it asks nothing but who one is today."""

from __future__ import annotations

import tomllib

from maoc_tui import resources
from maoc_tui.desk import access, officers
from maoc_tui.desk.door import Choice, ChoiceNeeded, Door
from maoc_tui.desk.liaison_snapshots import OfficerLine
from maoc_tui.desk.room import Room, Said
from maoc_tui.domain.purpose import DEMO
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput

EVERYTHING = Choice("the whole watch", WATCH.partner, "sees and may do everything", WATCH)


class DemoDoor(Door):
    """Lets in whoever says who they are; ``asked`` is part of a name, or a partner, from ``maoc demo --as``."""

    def __call__(self, said: Said) -> Room:
        """The room; ChoiceNeeded until somebody said who they are."""
        with self._lock:
            room = self._opened(said)
            if room.admission.chosen is None:
                found = self.choices()
                if self.asked:
                    self.be(_meant(self.asked, found))
                elif len(found) > 1:
                    raise ChoiceNeeded("Nobody said who they are.", "Choose an officer.")
            self.viewer = access.viewer(room)
            return room

    def choices(self) -> tuple[Choice, ...]:
        """The demo's officers, the Centre's own first, and the whole watch."""
        lines = officers.officers(self._inside(), WATCH)
        ordered = sorted(
            lines, key=lambda line: (line.officer.partner != WATCH.partner, line.officer.partner)
        )
        return (*map(_choice, ordered), EVERYTHING)

    def be(self, choice: Choice) -> Viewer:
        """Be that officer from now on."""
        room = self._inside()
        room.admission.chosen, room.admission.purpose = choice.viewer, DEMO
        self.viewer = access.viewer(room)
        return self.viewer


def _choice(line: OfficerLine) -> Choice:
    one, given = line.officer, tomllib.loads(resources.data("roles.toml").read_text("utf-8"))["demo"]
    held = frozenset(Role(role) for function in one.functions for role in given.get(function, ()))
    viewer = Viewer(one.name, one.partner, roles=held, officer=str(one.id))
    return Choice(one.name, one.partner, ", ".join(line.functions), viewer)


def _meant(text: str, choices: tuple[Choice, ...]) -> Choice:
    """The one whose name holds the text, or whose partner it is; BadInput for none or several."""
    wanted = text.strip().casefold()
    named_so = [one for one in choices if wanted in one.name.casefold()]
    found = named_so or [one for one in choices if wanted == one.partner.casefold()]
    if len(found) != 1:
        known = ", ".join(f"{one.name} ({one.partner})" for one in choices)
        raise BadInput(f"{text!r} names {len(found) or 'nobody'} of the demo.", f"There are: {known}.")
    return found[0]
