"""Forms to say by hand what waters are, and to withdraw that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.lines import Line
from maoc_tui.ui.marking_form import MarkedForm

if TYPE_CHECKING:
    from maoc_tui.domain.zone_override import ZoneOverride
    from maoc_tui.ui.live import LiveDesk

_WATERS = (
    Field("kind", "kind", hint="TS, CZ, EEZ, HS, IW, AW, JR or land"),
    Field("states", "states", hint="PT; all claimants: EH/MA; none for HS"),
    Field("status", "status", hint="empty: agreed, or disputed where there are several"),
)
_WHY = (
    Field("reason", "reason", hint="why, and on what evidence"),
    Field("name", "your name", hint="who stands for it"),
    Field("until", "until", hint="151200Z, 12h, 7d: then it no longer counts"),
)


class OverrideDialog(MarkedForm):
    """What the waters are of one contact or target where it is now, or about a position."""

    def __init__(
        self, desk: LiveDesk, title: str, about: Mapping[str, Any], banner: Sequence[Line] = ()
    ) -> None:
        """``about`` is the contact, target or position, as desk.zone_overrides.add takes it."""
        self._about = dict(about)
        place = [Field("position", "position", str(about.get("position", "")))] if "position" in about else []
        radius = Field("radius", "within", "5 nm", "how far from there it counts")
        fields = [*_WATERS, *place, radius, *_WHY]
        super().__init__(desk, title, fields, banner=banner, draft=f"zone {sorted(about.items())}")

    def save(self, values: Mapping[str, str]) -> ZoneOverride:
        """Record it."""
        about = {**self._about, "radius": values["radius"]}
        if "position" in values:
            about["position"] = values["position"]
        return _add(self._desk, values, marking=self.mark(values), **about)


class AreaDialog(MarkedForm):
    """What the waters in an area are: instead of a line, an area drawn along where it should run."""

    def __init__(self, desk: LiveDesk) -> None:
        corners = Field("area", "corners", hint="38N 010W; 39N 010W; 39N 00940W – in order, parted by ;")
        super().__init__(desk, "Area of zones by hand", [*_WATERS, corners, *_WHY], draft="zone area")

    def save(self, values: Mapping[str, str]) -> ZoneOverride:
        """Record it."""
        if not values["area"].strip():
            raise BadInput("The corners are missing.", "Give three positions or more, parted by semicolons.")
        return _add(self._desk, values, marking=self.mark(values), area=values["area"])


class WithdrawOverrideDialog(Form):
    """An override no longer counts; it stays in the record."""

    def __init__(self, desk: LiveDesk, one: ZoneOverride) -> None:
        self._desk, self._ref = desk, one.ref
        top: list[Line] = [((f"{one.ref} ", "mark"), (printable(one.note, 400), "text"))]
        fields = [Field("reason", "reason", hint="why it no longer counts"), Field("name", "your name")]
        super().__init__(f"{one.ref}: withdraw", fields, banner=top, draft=f"withdraw {one.ref}")

    def save(self, values: Mapping[str, str]) -> ZoneOverride:
        """Record the withdrawal."""
        from maoc_tui.desk import zone_overrides

        room = self._desk.open()
        return zone_overrides.withdraw(room, self._desk.viewer, self._ref, values["reason"], values["name"])


def _add(desk: LiveDesk, values: Mapping[str, str], **about: Any) -> ZoneOverride:
    from maoc_tui.desk import zone_overrides

    said = [values[name] for name in ("kind", "states", "reason", "name", "until")]
    return zone_overrides.add(desk.open(), desk.viewer, *said, status=values["status"], **about)
