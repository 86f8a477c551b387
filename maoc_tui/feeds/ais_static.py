"""What a transmitter says of itself, and whether a message of another type can be read at all (by pyais)."""

from __future__ import annotations

from typing import Any

from maoc_tui.domain.reports import Identity
from maoc_tui.feeds.ais_fixes import contact_class

STATIC = frozenset({5, 19, 21, 24})
"""Message types that carry identity."""
_REPEAT_MS = 3_600_000
"""An unchanged identity is reported again after this time, so that it stays known as current."""
_MOST_KNOWN = 100_000
_NO_IMO = frozenset({1234567, *(1111111 * digit for digit in range(10))})


def decode(kind: int, payload: bytes, fill: int) -> Any | None:
    """The pyais message of an armoured payload; None when pyais cannot read it."""
    from pyais.bit_vector import bit_vector
    from pyais.messages import MSG_CLASS

    try:
        return MSG_CLASS[kind].from_vector(bit_vector(payload, fill))
    except Exception:  # pyais raises whatever a converter meets; a message it cannot read is one reject
        return None


def values(kind: int, message: Any) -> dict[str, str | int | float]:
    """Identity values of a decoded static message as received; absent and placeholder ones left out."""
    found: dict[str, str | int | float] = {}
    text(found, "name", getattr(message, "shipname", "") or _aid_name(message))
    text(found, "call_sign", getattr(message, "callsign", ""))
    text(found, "destination", getattr(message, "destination", ""))
    imo(found, getattr(message, "imo", 0))
    if kind != 21 and (ship_type := int(getattr(message, "ship_type", 0) or 0)) > 0:
        found["ship_type"] = ship_type
    size(found, *(getattr(message, f"to_{side}", 0) or 0 for side in ("bow", "stern", "port", "starboard")))
    if draught := getattr(message, "draught", 0):
        found["draught_m"] = float(draught)
    if kind == 5:
        eta(found, message.month, message.day, message.hour, message.minute)
    return found


def text(found: dict[str, Any], name: str, value: str | None) -> None:
    """Keep a text up to its '@' padding, if it has a letter or a digit."""
    kept = (value or "").partition("@")[0].strip()
    if any(char.isalnum() for char in kept):
        found[name] = kept[:200]


def imo(found: dict[str, Any], number: int) -> None:
    """Keep an IMO number of seven digits that is no placeholder; its check digit is judged later."""
    if 1_000_000 <= (number or 0) <= 9_999_999 and number not in _NO_IMO:
        found["imo"] = number


def size(found: dict[str, Any], bow: float, stern: float, port: float, starboard: float) -> None:
    """Keep length and beam from the four distances to the antenna, metres; zero is not available."""
    if bow + stern > 0:
        found["length_m"] = float(bow + stern)
    if port + starboard > 0:
        found["beam_m"] = float(port + starboard)


def eta(
    found: dict[str, Any], month: int | None, day: int | None, hour: int | None, minute: int | None
) -> None:
    """Keep an estimated time of arrival as "MM-DD HH:MM" when all of it is given."""
    if not month or not day or hour is None or minute is None:
        return
    if month <= 12 and hour <= 23 and minute <= 59:
        found["eta"] = f"{month:02d}-{day:02d} {hour:02d}:{minute:02d}"


def _aid_name(message: Any) -> str:
    name, more = getattr(message, "name", "") or "", getattr(message, "name_ext", "") or ""
    return name + more if len(name) == 20 else name


class IdentityLedger:
    """Reports an identity when it is new, when it changes, and once an hour while it does not."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[bytes, dict[str, str | int | float], int]] = {}

    def take(self, kind: int, payload: bytes, fill: int, ms: int, record: int) -> Identity | bool:
        """The identity of a static message; True when nothing in it is new, False when it is unreadable.

        The first seven characters hold type, repeat, MMSI and part number: the same sender and kind.
        """
        slot = payload[:7]
        before = self._known.get(slot)
        recent = before is not None and abs(ms - before[2]) < _REPEAT_MS
        if before and recent and before[0] == payload:
            return True
        message = decode(kind, payload, fill)
        if message is None or not isinstance(message.mmsi, int):
            return False
        found = values(kind, message)
        if not found or (before and recent and before[1] == found):
            return True
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[slot] = (payload, found, ms)
        return _identity(kind, message.mmsi, found, ms, record)


def _identity(kind: int, mmsi: int, found: dict[str, str | int | float], ms: int, record: int) -> Identity:
    from maoc_tui.domain.contacts import Space, contact_key

    return Identity(contact_key(Space.AIS, mmsi), ms, contact_class(kind, mmsi), found, record)
