"""Forms about targets: a new one, a statement, a status, a sighting, a link and its end, a designation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.contacts import key_text, parse_key
from maoc_tui.problems import BadInput
from maoc_tui.ui import targets_desk as line
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.targets_sheet import banner

if TYPE_CHECKING:
    from maoc_tui.desk.snapshots import Picture
    from maoc_tui.desk.targets import NewTarget, Saved, TargetSheet
    from maoc_tui.ui.desk_app import DeskApp

_MARKING = Field("marking", "marking", hint="B2 H2 rel ES,FR – empty: H2, originator only")
_SHIP_FACTS = ("name", "flag", "call_sign", "mmsi", "imo", "length_m")
_AIR_FACTS = ("name", "flag", "registration", "hex", "aircraft_type")
_HINTS = {
    "flag": "two letters, as claimed",
    "length_m": "12 m, 40 ft",
    "hex": "six digits",
}


class NewTargetDialog(Form):
    """A new target, from a description and a place or from a contact; likely duplicates come first."""

    def __init__(self, desk: LiveDesk, proposed: NewTarget | None = None, key: int = 0) -> None:
        self._desk, self._key = desk, key
        self._kind = proposed.kind if proposed else "vessel"
        self._facts = _AIR_FACTS if self._kind == "aircraft" else _SHIP_FACTS
        title = f"New target from {key_text(key)}" if key else "New target"
        super().__init__(title, self._lines(proposed), draft=f"new {key}")

    def _lines(self, proposed: NewTarget | None) -> list[Field]:
        def said(name: str) -> str:
            return str(getattr(proposed, name)) if proposed else ""

        known = proposed.values if proposed else {}
        facts = [
            Field(name, name.removesuffix("_m").replace("_", " "), known.get(name, ""), _HINTS.get(name, ""))
            for name in self._facts
        ]
        kind = [] if proposed else [Field("kind", "kind", "vessel", "vessel or aircraft")]
        return [
            Field("description", "description", said("description"), "grey sloop, about 12 m, two aboard"),
            *kind,
            Field("type", "type", said("type"), "sail, gofast, fish, lpv, jet"),
            Field("position", "position", said("position"), "36 20N 012 40W"),
            Field("radius", "± radius", said("radius"), "5 nm"),
            Field("area", "or area", said("area"), "west of Cape Verde"),
            *facts,
            Field("source", "source", "", "who says so"),
            _MARKING,
        ]

    def _entry(self, values: Mapping[str, str]) -> NewTarget:
        facts = tuple(name for name in self._facts if values[name].strip() or self._key)
        return line.entry(self._desk, values, facts, self._kind)

    def check(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Targets that may be the same."""
        return line.warnings(self._desk, self._entry(values), self._key)

    def save(self, values: Mapping[str, str]) -> Saved:
        """Record it, linked to its contact when it has one."""
        entry = self._entry(values)
        if self._key:
            return line.act(self._desk, "add_from_contact", self._key, entry)
        return line.act(self._desk, "add", entry)


class _OnTarget(Form):
    """A form about one target, under its identity banner."""

    def __init__(
        self, desk: LiveDesk, sheet: TargetSheet, now_ms: int, title: str, fields: list[Field]
    ) -> None:
        self._desk, self._sheet, self._ref = desk, sheet, sheet.row.ref
        draft = f"{title} {self._ref}"
        super().__init__(f"{self._ref}: {title}", fields, banner=banner(sheet, now_ms, False), draft=draft)


class FactDialog(_OnTarget):
    """A statement about identity, or the correction of the one that holds."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int, *, correct: bool = False) -> None:
        self._correct = correct
        fields = [
            Field("attribute", "what", hint="name, flag, mmsi, imo, call_sign, length, owner, role …"),
            Field("value", "value"),
            Field("since", "since", hint="020600ZMAR22, or empty"),
            Field("until", "until", hint="empty while it holds"),
            Field("source", "source", hint="who says so"),
            *([Field("reason", "reason", hint="why the old one was wrong")] if correct else []),
            _MARKING,
        ]
        super().__init__(desk, sheet, now_ms, "correct a statement" if correct else "state", fields)

    def save(self, values: Mapping[str, str]) -> Saved:
        """Record it."""
        given = dict(values)
        name, value, source = given.pop("attribute"), given.pop("value"), given.pop("source")
        mark = line.marking(self._desk, given.pop("marking"))
        if self._correct:
            given["replaces"] = self._replaced(name)
        return line.act(self._desk, "fact", self._ref, name, value, source, marking=mark, **given)

    def _replaced(self, name: str) -> str:
        from maoc_tui.domain.target_facts import parse_attribute

        held = self._sheet.holds(parse_attribute(name, self._sheet.target.kind))
        if held is None:
            raise BadInput(f"Nothing is stated about its {name}.", "State it anew instead.")
        return held.id


class StatusDialog(_OnTarget):
    """Another status, chosen by its number or its first letters, with the reason."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int) -> None:
        from maoc_tui.domain.targets import ALLOWED

        self._allowed = [str(status) for status in ALLOWED[sheet.target.status]]
        fields = [Field("status", "status", hint="number or first letters"), Field("reason", "reason")]
        super().__init__(desk, sheet, now_ms, f"{sheet.row.status} becomes", fields)

    def on_mount(self) -> None:
        """Say what may follow."""
        super().on_mount()
        choices = "  ".join(f"{number} {name}" for number, name in enumerate(self._allowed, 1))
        self.note([((choices, "text"),)])

    def save(self, values: Mapping[str, str]) -> Saved:
        """Change it, unless somebody did since this sheet was read."""
        then, version = self._meant(values["status"]), self._sheet.row.version
        return line.act(self._desk, "set_status", self._ref, then, values["reason"], version=version)

    def _meant(self, text: str) -> str:
        word = text.strip().upper().replace(" ", "_")
        if word.isdecimal() and 0 < int(word) <= len(self._allowed):
            return self._allowed[int(word) - 1]
        found = [name for name in self._allowed if word and name.startswith(word)]
        return found[0] if len(found) == 1 else text


class SightingDialog(_OnTarget):
    """Where and when somebody saw it."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int) -> None:
        fields = [
            Field("position", "position", hint="36 20N 012 40W"),
            Field("radius", "± radius", hint="5 nm"),
            Field("at", "seen at", hint="140310Z"),
            Field("source", "source", hint="who saw it"),
            Field("text", "what", hint="heading east, two aboard"),
            _MARKING,
        ]
        super().__init__(desk, sheet, now_ms, "sighting", fields)

    def save(self, values: Mapping[str, str]) -> Saved:
        """Record it."""
        given = dict(values)
        mark = line.marking(self._desk, given.pop("marking"))
        place = [given.pop(name) for name in ("position", "at", "source", "text")]
        return line.act(self._desk, "sight", self._ref, *place, marking=mark, **given)


class LinkDialog(_OnTarget):
    """It is heard as a contact; what speaks against it comes first."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int, key: int = 0) -> None:
        fields = [
            Field("contact", "contact", key_text(key) if key else "", "ais:263601890 or icao:4ca815"),
            Field("since", "since", hint="empty: as far back as it was heard"),
            Field("reason", "reason", hint="why it is this one"),
            _MARKING,
        ]
        super().__init__(desk, sheet, now_ms, "heard as", fields)

    def check(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """What speaks against it."""
        return line.link_warnings(self._desk, self._ref, parse_key(values["contact"]))

    def save(self, values: Mapping[str, str]) -> Saved:
        """Make the link."""
        mark = line.marking(self._desk, values["marking"])
        key = parse_key(values["contact"])
        return line.act(
            self._desk, "link", self._ref, key, values["reason"], since=values["since"], marking=mark
        )


class UnlinkDialog(_OnTarget):
    """It is not, or no longer, heard as a contact."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int) -> None:
        held = [entry.contact for entry in sheet.links if entry.link.holds]
        fields = [
            Field("contact", "contact", held[0] if len(held) == 1 else "", " or ".join(held)),
            Field("until", "until", hint="empty: now"),
            Field("reason", "reason"),
        ]
        super().__init__(desk, sheet, now_ms, "not heard as", fields)

    def save(self, values: Mapping[str, str]) -> Saved:
        """Date the end of the link."""
        key = parse_key(values["contact"])
        return line.act(self._desk, "unlink", self._ref, key, values["reason"], until=values["until"])


class RenameDialog(_OnTarget):
    """What the Centre calls it."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int) -> None:
        fields = [Field("designation", "we call it", sheet.target.designation), Field("reason", "reason")]
        super().__init__(desk, sheet, now_ms, "designation", fields)

    def save(self, values: Mapping[str, str]) -> Saved:
        """Change it, unless somebody did since this sheet was read."""
        version = self._sheet.row.version
        return line.act(
            self._desk, "rename", self._ref, values["designation"], values["reason"], version=version
        )


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
