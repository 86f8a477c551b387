"""Forms about one target: a status, a sighting, a link and its end, a designation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.contacts import key_text, parse_key
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import targets_desk as line
from maoc_tui.ui.clash import Saw
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.marking_form import MarkedForm
from maoc_tui.ui.moment import Moment
from maoc_tui.ui.targets_sheet import banner

if TYPE_CHECKING:
    from maoc_tui.desk.targets import Saved, TargetSheet


class _OnTarget(Form):
    """A form about one target, under its identity banner."""

    def __init__(
        self,
        desk: LiveDesk,
        sheet: TargetSheet,
        now_ms: int,
        title: str,
        fields: list[Field],
        saw: Saw = MappingProxyType({}),
    ) -> None:
        self._desk, self._sheet, self._ref = desk, sheet, sheet.row.ref
        draft = " ".join((title, self._ref, *(one.value for one in fields if one.name == "contact")))
        top = banner(sheet, now_ms, False)
        super().__init__(f"{self._ref}: {title}", fields, banner=top, draft=draft, saw=saw)


class _MarkedOnTarget(MarkedForm):
    """The same with a marking."""

    def __init__(
        self, desk: LiveDesk, sheet: TargetSheet, now_ms: int, title: str, fields: list[Field]
    ) -> None:
        self._sheet, self._ref = sheet, sheet.row.ref
        draft = " ".join((title, self._ref, *(one.value for one in fields if one.name == "contact")))
        top = banner(sheet, now_ms, False)
        super().__init__(desk, f"{self._ref}: {title}", fields, banner=top, draft=draft)


class StatusDialog(_OnTarget):
    """Another status, chosen by its number or its first letters, with the reason."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int) -> None:
        from maoc_tui.domain.targets import ALLOWED

        self._allowed = [str(status) for status in ALLOWED[sheet.target.status]]
        fields = [Field("status", "status", hint="number or first letters"), Field("reason", "reason")]
        saw = {"status": str(sheet.target.status)}
        super().__init__(desk, sheet, now_ms, f"{sheet.row.status} becomes", fields, saw)

    def on_mount(self) -> None:
        """Say what may follow."""
        super().on_mount()
        first, *others = [f"{number} {name}" for number, name in enumerate(self._allowed, 1)]
        self.note([((first, "text"), *((f"  {other}", "text") for other in others))])

    def save(self, values: Mapping[str, str]) -> Saved:
        """Change it, unless somebody did since this sheet was read."""
        then = self._meant(values["status"])
        return line.act(self._desk, "set_status", self._ref, then, values["reason"])

    def _meant(self, text: str) -> str:
        word = text.strip().upper().replace(" ", "_")
        if word.isdecimal() and 0 < int(word) <= len(self._allowed):
            return self._allowed[int(word) - 1]
        found = [name for name in self._allowed if word and name.startswith(word)]
        return found[0] if len(found) == 1 else text


class SightingDialog(_MarkedOnTarget):
    """Where and when somebody saw it."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int) -> None:
        fields = [
            Field("position", "position", hint="36 20N 012 40W"),
            Field("radius", "± radius", hint="5 nm"),
            Field("at", "seen at", hint="140310Z"),
            Field("source", "source", hint="who saw it"),
            Field("text", "what", hint="heading east, two aboard"),
        ]
        super().__init__(desk, sheet, now_ms, "sighting", fields)

    def save(self, values: Mapping[str, str]) -> Saved:
        """Record it."""
        place = [values[name] for name in ("position", "at", "source", "text")]
        radius = values["radius"]
        return line.act(self._desk, "sight", self._ref, *place, radius=radius, marking=self.mark(values))


class LinkDialog(_MarkedOnTarget):
    """It is heard as a contact; what speaks against it comes first."""

    def __init__(self, desk: LiveDesk, sheet: TargetSheet, now_ms: int, key: int = 0) -> None:
        fields = [
            Field("contact", "contact", key_text(key) if key else "", "ais:263601890 or icao:4ca815"),
            Field("since", "since", hint="empty: as far back as it was heard"),
            Field("reason", "reason", hint="why it is this one"),
        ]
        super().__init__(desk, sheet, now_ms, "heard as", fields)

    def typed(self) -> None:
        """Say which contact that is, so that nobody links another ship."""
        super().typed()
        app: Any = self.app
        self.beside("contact", _contact_told(app.moment, self.values["contact"]))

    def check(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """What speaks against it."""
        return line.link_warnings(self._desk, self._ref, parse_key(values["contact"]))

    def save(self, values: Mapping[str, str]) -> Saved:
        """Make the link."""
        mark = self.mark(values)
        key = parse_key(values["contact"])
        return line.act(
            self._desk, "link", self._ref, key, values["reason"], since=values["since"], marking=mark
        )


def _contact_told(moment: Moment | None, text: str) -> str:
    """Name, type, flag and zone of the contact typed; "" while it is none."""
    from maoc_tui.ui.contact_rows import kind, label, zone_cell

    try:
        key = parse_key(text)
    except BadInput:
        return ""
    row = moment.picture.row(key) if moment else -1
    if moment is None or row < 0:
        return "not in the picture"
    picture = moment.picture
    told = (label(picture, row), kind(moment, row), str(picture.flag[row]), zone_cell(picture, row)[0])
    return printable(" · ".join(filter(None, told)), 60)


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
        saw = {"designation": sheet.target.designation}
        super().__init__(desk, sheet, now_ms, "designation", fields, saw)

    def save(self, values: Mapping[str, str]) -> Saved:
        """Change it, unless somebody did since this sheet was read."""
        return line.act(self._desk, "rename", self._ref, values["designation"], values["reason"])
