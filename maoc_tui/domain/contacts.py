"""A contact is one transmitter as heard: what it is keyed by, what class it is, what is doubtful about a fix.

A contact key is one integer, so that millions of fixes can be grouped quickly: the numbering space in the
bits above 40, the number below. Keys name transmitters, never vessels: a target is linked to contacts.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag

from maoc_tui.problems import BadInput

_SHIFT = 40


class Space(IntEnum):
    """The numbering space a transmitter's number belongs to."""

    AIS = 1
    """MMSI, nine digits (ITU-R M.585)."""
    ICAO = 2
    """ICAO 24-bit aircraft address."""
    OTHER_HEX = 3
    """A 24-bit number that is not an ICAO address (written with a leading ~)."""
    TRACK = 4
    """An anonymous track number of a file or sensor."""


class ContactClass(IntEnum):
    """What kind of station transmits; decides ageing, symbol and which rules apply."""

    UNKNOWN = 0
    SHIP_A = 1
    SHIP_B = 2
    AIRCRAFT = 3
    BASE_STATION = 4
    AID = 5
    """Aid to navigation, real or virtual."""
    SAR_AIRCRAFT = 6
    DISTRESS = 7
    """AIS-SART, man overboard, EPIRB-AIS."""
    HANDHELD = 8
    CRAFT = 9
    """Craft belonging to a parent ship (98MIDxxxx)."""


class Doubt(IntFlag):
    """What makes a fix doubtful. Doubt is shown with its reason; the fix is kept."""

    NONE = 0
    ZERO_ISLAND = 1
    """Position 0°N 0°E exactly."""
    FUTURE = 2
    """Stamped later than the receiver's clock."""
    JUMP = 4
    """The speed implied from the fix before is beyond the class."""
    COARSE = 8
    """Resolution of a tenth of a minute or worse (AIS message 27)."""
    ARRIVAL_TIME = 16
    """The report carries no time; the time of arrival stands in."""
    TWIN = 32
    """The same number transmits from two places at once."""
    PLACEHOLDER = 64
    """A factory or default number such as 123456789: never identifies anything."""
    MMSI_FORM = 128
    """The number has not the form of any MMSI."""
    LATE = 256
    """Arrived after a newer fix of the same contact."""


BEACONS = (970, 972, 974)
"""What the MMSI of a distress beacon begins with: AIS-SART, man overboard, EPIRB-AIS (ITU-R M.585-9)."""
_PREFIX = {Space.AIS: "ais", Space.ICAO: "icao", Space.OTHER_HEX: "hex", Space.TRACK: "track"}
_SPACE = {text: space for space, text in _PREFIX.items()}


def contact_key(space: Space, number: int) -> int:
    """The integer key of a transmitter. ``number`` is non-negative and below 2**40."""
    if not 0 <= number < 1 << _SHIFT:
        raise BadInput(f"contact number {number} is out of range")
    return (int(space) << _SHIFT) | number


def space_of(key: int) -> Space:
    """The numbering space of a contact key."""
    return Space(key >> _SHIFT)


def number_of(key: int) -> int:
    """The bare number of a contact key: an MMSI or a 24-bit address."""
    return key & ((1 << _SHIFT) - 1)


def key_text(key: int) -> str:
    """A contact key as people and scripts write it: ``ais:263601890``, ``icao:4ca815``, ``hex:~2a1f00``."""
    space, number = space_of(key), number_of(key)
    if space is Space.AIS:
        return f"ais:{number:09d}"
    if space is Space.ICAO:
        return f"icao:{number:06x}"
    if space is Space.OTHER_HEX:
        return f"hex:~{number:06x}"
    return f"track:{number}"


def parse_key(text: str) -> int:
    """Read a contact key back; raises BadInput naming what was wrong."""
    prefix, _, rest = text.strip().lower().partition(":")
    try:
        space = _SPACE[prefix]
        base = 16 if space in (Space.ICAO, Space.OTHER_HEX) else 10
        return contact_key(space, int(rest.removeprefix("~"), base))
    except (KeyError, ValueError):
        raise BadInput(
            f"{text!r} is not a contact", "Write it as ais:263601890, icao:4ca815, hex:~2a1f00 or track:17."
        ) from None
