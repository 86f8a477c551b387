"""The picture as a list of contacts: the columns, and one row's values as text."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column

if TYPE_CHECKING:
    from maoc_tui.desk.snapshots import Picture
    from maoc_tui.ui.moment import Moment

COLUMNS = (
    Column("class", "", 1, 1),
    Column("target", "Target", 6, 2),
    Column("flag", "Fl", 2, 2),
    Column("name", "Name", 14, 1, grow=True),
    Column("number", "Number", 9, 4),
    Column("type", "Type", 9, 6),
    Column("zone", "Zone", 10, 2),
    Column("speed", "Kn", 5, 3, right=True),
    Column("course", "Crs", 4, 3, right=True),
    Column("position", "Position", 20, 7),
    Column("age", "Age", 5, 1, right=True),
    Column("doubt", "?", 2, 5),
)
STATES = ("fresh", "old", "lost")
AGE_MARK = (" ", "~", "×")
"""The shape beside the colour of an aged fix, by state."""


class ContactRows:
    """The rows of a moment in their order, seen at an instant."""

    def __init__(self, moment: Moment, now_ms: int) -> None:
        self.picture = moment.picture
        self.now_ms = now_ms
        self._moment = moment
        self._rows = moment.rows

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, at: int) -> int:
        """The contact key in row ``at``."""
        return int(self.picture.key[self._rows[at]])

    def find(self, key: Hashable) -> int:
        """The row of a contact key; -1 when it is not listed."""
        row = self.picture.row(key) if isinstance(key, int) else -1
        if row < 0:
            return -1
        found = (self._rows == row).nonzero()[0]
        return int(found[0]) if len(found) else -1

    def cells(self, at: int) -> Sequence[Cell]:
        """What COLUMNS show of row ``at``."""
        picture, row = self.picture, int(self._rows[at])
        old_ms = self.now_ms - int(picture.time[row])
        state = int(self._moment.states[row])
        look = "dim" if state == 2 else "text"
        target = str(picture.target[row])
        doubt = int(picture.doubt[row])
        zone, zone_look = zone_cell(picture, row)
        return (
            (fmt.CLASS_TEXT[picture.cls[row]][0], look),
            (target, "mark"),
            (str(picture.flag[row]), look),
            (label(picture, row), "strong" if target else look),
            (fmt.number(int(picture.key[row])), "dim"),
            (kind(self._moment, row), "dim"),
            (zone, zone_look),
            (fmt.speed(float(picture.sog[row])), look),
            (fmt.course(float(picture.cog[row])), look),
            (fmt.position(float(picture.lat[row]), float(picture.lon[row])), look),
            (fmt.age(old_ms), ("text", "warn", "dim")[state]),
            (f"{AGE_MARK[state]}{'?' if doubt else ' '}", "warn"),
        )


def label(picture: Picture, row: int) -> str:
    """What people call this contact: its name, call sign or registration; "" when nothing is known."""
    for column in (picture.name, picture.call_sign, picture.registration):
        if column[row]:
            return str(column[row])
    return ""


def zone_cell(picture: Picture, row: int) -> Cell:
    """The short zone label and its look: disputes stand out, and circles of error that leave it open."""
    index = int(picture.zone[row])
    if index < 0:
        return fmt.NOTHING, "dim"
    zone, text = picture.zones[index], picture.zone_text(row)
    if zone.status == "disputed" or "|" in text:
        return text, "warn"
    return text, "good" if zone.kind == "high_seas" else "text"


def kind(moment: Moment, row: int) -> str:
    """What it is, in one or two words: the ship type's name, or the aircraft's model."""
    picture = moment.picture
    if picture.model[row]:
        return str(picture.model[row])
    return moment.type_names.get(int(picture.ship_type[row]), "")


KIND_TEXT = {
    "land": "on land", "internal": "internal waters", "archipelagic": "archipelagic waters",
    "territorial": "territorial sea", "contiguous": "contiguous zone", "eez": "EEZ", "joint": "joint area",
    "high_seas": "high seas",
}  # fmt: skip
"""Zone kinds in words."""


def zone_text(picture: Picture, row: int) -> tuple[Cell, ...]:
    """The zone in words with its states, and what is unsettled about it."""
    index = int(picture.zone[row])
    if index < 0:
        return (("not covered by the zone dataset", "dim"),)
    zone = picture.zones[index]
    if "|" in (text := picture.zone_text(row)):
        return ((f"not determined ({text.replace('|', ' or ')})", "warn"),)
    name = f"{' / '.join(zone.states)} {KIND_TEXT.get(zone.kind, zone.kind)}".strip()
    unsettled = "" if zone.status in ("agreed", "") else f" {zone.status.upper()}"
    if zone.note:
        return ((name, "strong"), (unsettled, "warn"), (f" {printable(zone.note, 400)}", "mark"))
    return ((name, "strong"), (unsettled, "warn"), (f" · {zone.basis} line", "dim"))
