"""What the static columns of a table say of a vessel: reported when it is new or changes within the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.feeds import ais_static
from maoc_tui.feeds.columns import Column
from maoc_tui.feeds.csv_values import is_blank, number, whole

STATIC = (
    "name", "call_sign", "imo", "ship_type", "type_word", "length", "beam", "draught", "draught_tenths",
    "destination", "eta", "bow", "stern", "port", "starboard", "flight", "squawk",
)  # fmt: skip
"""Fields that state an identity, in the order in which the cells are compared."""

_WORDS = (  # first match wins; AIS ship type codes of ITU-R M.1371-5, table 53
    ("wing", 20), ("fishing", 30), ("trawl", 30), ("towing long", 32), ("towing", 31), ("dredg", 33),
    ("diving", 34), ("milit", 35), ("sailing", 36), ("pleasure", 37), ("yacht", 37), ("high speed", 40),
    ("hsc", 40), ("pilot", 50), ("sar", 51), ("search and rescue", 51), ("tug", 52), ("port tender", 53),
    ("anti-pollution", 54), ("law enforce", 55), ("medical", 58), ("ro-ro/passenger", 60), ("passenger", 60),
    ("tanker", 80), ("cargo", 70), ("carrier", 70), ("container", 70), ("reefer", 70), ("other", 90),
)  # fmt: skip
_IMO = re.compile(r"(?:IMO)?\s*(\d{7})(?:\.0+)?", re.IGNORECASE)
_ETA = re.compile(r"(?:(\d\d?)/(\d\d?)/\d{4}|(?:\d{4}-)?(\d\d)-(\d\d))[T ](\d\d):(\d\d)(?::\d\d)?Z?")
_SQUAWK = re.compile(r"([0-7]{1,4})(?:\.0+)?")
_LONGEST_M = 1_000.0
_DEEPEST_M = 30.0


class StaticColumns:
    """Remembers what each contact said last, for one file."""

    def __init__(self, where: dict[str, int]) -> None:
        self._fields = [name for name in STATIC if name in where]
        self._at = [where[name] for name in self._fields]
        self._weights = np.random.default_rng().integers(1, 1 << 63, (len(STATIC), 64), np.uint64)
        self._known: dict[int, int] = {}

    def changed(
        self, keys: NDArray[np.int64], columns: Sequence[Column], sound: NDArray[np.bool_]
    ) -> list[tuple[int, dict[str, str | int | float]]]:
        """Row number and values of every sound row whose static cells differ from the contact's last."""
        rows = np.flatnonzero(sound)
        if not self._at or not len(rows):
            return []
        prints = self._prints(columns)[rows]
        order = np.argsort(keys[rows], kind="stable")
        key, said = keys[rows][order], prints[order]
        first = np.concatenate(([True], key[1:] != key[:-1]))
        before = np.concatenate(([np.uint64(0)], said[:-1]))
        heads = key[first].tolist()
        before[first] = [self._known.get(head, 0) for head in heads]
        last = np.concatenate((key[1:] != key[:-1], [True]))
        self._known.update(zip(heads, said[last].tolist(), strict=True))
        found = [(int(row), self._values([columns[at][row] for at in self._at])) for row in
                 np.sort(rows[order][said != before])]  # fmt: skip
        return [(row, values) for row, values in found if values]

    def _prints(self, columns: Sequence[Column]) -> NDArray[np.uint64]:
        """A fingerprint of the static cells of every row: bytes times random weights, modulo 2**64."""
        total = np.ones(len(columns[0]), np.uint64)
        for weights, at in zip(self._weights, self._at, strict=False):
            text = columns[at].matrix()
            total += text.astype(np.uint64) @ weights[: text.shape[1]]
        return total

    def _values(self, said: Sequence[bytes]) -> dict[str, str | int | float]:
        cells = {name: cell for name, cell in zip(self._fields, said, strict=True) if not is_blank(cell)}
        found: dict[str, str | int | float] = {}
        for name, cell in cells.items():
            if read := _READ.get(name):
                read(found, _text(cell))
        _measures(found, {name: _metres(cell) for name, cell in cells.items() if name in _MEASURES})
        return found


def _text(cell: bytes) -> str:
    """A cell as text: UTF-8, or Latin-1 when it is not."""
    try:
        return cell.decode("utf-8").strip()
    except UnicodeDecodeError:
        return cell.decode("latin-1").strip()


def _metres(cell: bytes) -> float:
    try:
        value = number(cell.strip())
    except ValueError:
        return 0.0
    return value if 0.0 < value < _LONGEST_M else 0.0


def _measures(found: dict[str, Any], metres: dict[str, float]) -> None:
    """Length, beam and draught in metres: stated, or from the distances to the antenna."""
    length = metres.get("length", 0.0) or metres.get("bow", 0.0) + metres.get("stern", 0.0)
    beam = metres.get("beam", 0.0) or metres.get("port", 0.0) + metres.get("starboard", 0.0)
    ais_static.size(found, length, 0.0, beam, 0.0)
    draught = metres.get("draught", 0.0) or metres.get("draught_tenths", 0.0) / 10
    if 0.0 < draught <= _DEEPEST_M:
        found["draught_m"] = draught


def _imo(found: dict[str, Any], cell: str) -> None:
    if match := _IMO.fullmatch(cell):
        ais_static.imo(found, int(match[1]))


def _ship_type(found: dict[str, Any], cell: str) -> None:
    try:
        code = whole(cell.encode())
    except ValueError:
        _type_word(found, cell)
        return
    if 0 < code <= 255:
        found["ship_type"] = code


def _type_word(found: dict[str, Any], cell: str) -> None:
    word = cell.lower()
    for part, code in _WORDS:
        if part in word:
            found["ship_type"] = code
            return


def _eta(found: dict[str, Any], cell: str) -> None:
    if match := _ETA.fullmatch(cell):
        day, month, m, d, hour, minute = match.groups()
        ais_static.eta(found, int(month or m), int(day or d), int(hour), int(minute))


def _squawk(found: dict[str, Any], cell: str) -> None:
    if match := _SQUAWK.fullmatch(cell):
        found["squawk"] = match[1].zfill(4)


def _kept(name: str) -> Callable[[dict[str, Any], str], None]:
    return lambda found, cell: ais_static.text(found, name, cell)


_READ: dict[str, Callable[[dict[str, Any], str], None]] = {
    "name": _kept("name"), "call_sign": _kept("call_sign"), "destination": _kept("destination"),
    "flight": _kept("flight"), "imo": _imo, "ship_type": _ship_type, "type_word": _type_word, "eta": _eta,
    "squawk": _squawk,
}  # fmt: skip
_MEASURES = frozenset({"length", "beam", "draught", "draught_tenths", "bow", "stern", "port", "starboard"})
