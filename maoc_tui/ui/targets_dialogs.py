"""The form of a new target: from a description and a place, or from a contact that is heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.contacts import key_text
from maoc_tui.problems import BadInput
from maoc_tui.ui import targets_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.marking_form import MarkedForm

if TYPE_CHECKING:
    from maoc_tui.desk.snapshots import Picture
    from maoc_tui.desk.targets import NewTarget, Saved
    from maoc_tui.ui.desk_app import DeskApp
    from maoc_tui.ui.targets_desk import Reader

_SHIP_FACTS = ("name", "flag", "call_sign", "mmsi", "imo", "length_m")
_AIR_FACTS = ("name", "flag", "registration", "hex", "aircraft_type")
_HINTS = {
    "flag": "two letters, as claimed",
    "length_m": "12 m, 40 ft",
    "hex": "six digits",
}


class NewTargetDialog(MarkedForm):
    """A new target, from a description and a place or from a contact; likely duplicates come first."""

    def __init__(self, desk: LiveDesk, proposed: NewTarget | None = None, key: int = 0) -> None:
        self._key = key
        self._reader: Reader | None = None
        """Reads a report; None until it is there, and for a contact, which says itself what it is."""
        self._report, self._read = ("", ""), dict[str, str]()
        """What was read last, and what it offers."""
        self._kind = proposed.kind if proposed else "vessel"
        self._facts = _AIR_FACTS if self._kind == "aircraft" else _SHIP_FACTS
        title = f"New target from {key_text(key)}" if key else "New target"
        super().__init__(desk, title, self._lines(proposed), draft=f"new {key}")

    def _lines(self, proposed: NewTarget | None) -> list[Field]:
        def said(name: str) -> str:
            return str(getattr(proposed, name)) if proposed else ""

        known = proposed.values if proposed else {}
        facts = [
            Field(name, name.removesuffix("_m").replace("_", " "), known.get(name, ""), _HINTS.get(name, ""))
            for name in self._facts
        ]
        kind = [] if proposed else [Field("kind", "kind", "vessel", "vessel or aircraft")]
        at = [] if proposed else [Field("at", "seen at", hint="140310Z – empty: now")]
        return [
            Field("description", "description", said("description"), "in words – or paste a report"),
            *kind,
            Field("type", "type", said("type"), "sail, gofast, fish, lpv, jet"),
            Field("position", "position", said("position"), "36 20N 012 40W"),
            Field("radius", "± radius", said("radius"), "5 nm"),
            *at,
            Field("area", "or area", said("area"), "west of Cape Verde"),
            *facts,
            Field("source", "source", "", "who says so"),
        ]

    def on_mount(self) -> None:
        """Learn what it takes to read a report that is typed or pasted as the description."""
        super().on_mount()
        if not self._key:
            app: Any = self.app
            app.read(lambda: line.reader(self._desk), self._take_reader, lambda _: None)

    def _take_reader(self, reader: Reader) -> None:
        self._reader = reader
        if self.is_mounted:
            self.typed()

    def typed(self) -> None:
        """Offer what the description says, field by field."""
        super().typed()
        if self._reader is None:
            return
        said = self.values
        report = said["description"], said["kind"]
        if report != self._report:
            self._report, self._read = report, self._reader(*report)
        self.offer(self._read)

    def _entry(self, values: Mapping[str, str]) -> NewTarget:
        facts = tuple(name for name in self._facts if values[name].strip() or self._key)
        return line.entry(values, facts, self._kind, self.mark(values))

    def check(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Targets that may be the same, and what was read of the description and not taken."""
        left = self.untaken(values)
        told = (f"Read in the description and not taken: {', '.join(left)}.",) if left else ()
        return (*told, *line.warnings(self._desk, self._entry(values), self._key))

    def save(self, values: Mapping[str, str]) -> Saved:
        """Record it, linked to its contact when it has one."""
        entry = self._entry(values)
        if self._key:
            return line.act(self._desk, "add_from_contact", self._key, entry)
        return line.act(self._desk, "add", entry)


def new_from_contact(app: DeskApp, picture: Picture, row: int) -> None:
    """Open the form for a target heard as a contact of the picture; linked ones are shown instead."""
    key = int(picture.key[row])
    if picture.target[row]:
        raise BadInput(
            f"This contact is {picture.target[row]} already.", "Open it on the Targets screen with 2."
        )

    def done(saved: Any) -> None:
        if saved is not None:
            app.look_now()
            app.say(f"{saved.ref} saved, linked to {key_text(key)}.")

    def filled(proposed: NewTarget) -> None:
        app.push_screen(NewTargetDialog(app.desk, proposed, key), done)

    app.read(lambda: line.prefill(app.desk, key), filled)
