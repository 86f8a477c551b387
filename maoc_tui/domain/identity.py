"""The numbers and marks a vessel or aircraft is known by: read, checked, and told apart from placeholders.

A number nobody was given (0, 1, 123456789) or a word for "unknown" never identifies anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from maoc_tui.problems import BadInput


class MmsiKind(StrEnum):
    """What kind of station an MMSI belongs to, by its form (ITU-R M.585-9)."""

    SHIP = "ship"
    GROUP = "group of ships"
    COAST = "coast station"
    SAR_AIRCRAFT = "SAR aircraft"
    HANDHELD = "handheld"
    CRAFT = "craft of a parent ship"
    AID = "aid to navigation"
    SART = "AIS-SART"
    MOB = "man overboard device"
    EPIRB = "EPIRB-AIS"
    NONE = "no form of an MMSI"


_FORMS = (
    (re.compile(r"111([0-9]{3})[0-9]{3}"), MmsiKind.SAR_AIRCRAFT),
    (re.compile(r"([2-7][0-9]{2})[0-9]{6}"), MmsiKind.SHIP),
    (re.compile(r"00([0-9]{3})[0-9]{4}"), MmsiKind.COAST),
    (re.compile(r"0([0-9]{3})[0-9]{5}"), MmsiKind.GROUP),
    (re.compile(r"8([0-9]{3})[0-9]{5}"), MmsiKind.HANDHELD),
    (re.compile(r"98([0-9]{3})[0-9]{4}"), MmsiKind.CRAFT),
    (re.compile(r"99([0-9]{3})[0-9]{4}"), MmsiKind.AID),
    (re.compile(r"970()[0-9]{6}"), MmsiKind.SART),
    (re.compile(r"972()[0-9]{6}"), MmsiKind.MOB),
    (re.compile(r"974()[0-9]{6}"), MmsiKind.EPIRB),
)
_MID_FIRST, _MID_LAST = 201, 775

_NO_WORDS = frozenset((
    "-", "--", "---", ".", "..", "?", "??", "???", "0", "00", "000", "0000", "x", "xx", "xxx", "n/a", "na",
    "nil", "no", "none", "null", "nan", "nobody", "tba", "tbd", "tbc", "unk", "unkn", "unknown", "unnamed",
    "noname", "desconhecido", "desconocido", "inconnu", "sconosciuto", "unbekannt", "test",
))  # fmt: skip
PLACEHOLDER_MMSI = frozenset(
    [0, 1, 12345, 123456, 1193046, 1234567, 12345678, 123456789, 987654321, 1073741823]
    + [111_111_111 * digit for digit in range(1, 10)]
)
"""Numbers that sets leave the factory with; 1193046 is hexadecimal 123456, 1073741823 is thirty set bits."""
_NO_IMO = frozenset([0, 1, 1234567] + [1_111_111 * digit for digit in range(1, 10)])
_NO_HEX = frozenset([0, 1, 0x123456, 0x111111, 0xABCDEF, 0xFFFFFF])


@dataclass(frozen=True, slots=True)
class Mmsi:
    """A Maritime Mobile Service Identity."""

    number: int
    kind: MmsiKind
    mid: int
    """Maritime identification digits; 0 where the form has none."""

    def __str__(self) -> str:
        return f"{self.number:09d}"


def mmsi_of(number: int) -> Mmsi:
    """The identity and kind of a number as transmitted; kind NONE when no form fits."""
    text = f"{number:09d}"
    for form, kind in _FORMS:
        match = form.fullmatch(text)
        if match and (not match[1] or _MID_FIRST <= int(match[1]) <= _MID_LAST):
            return Mmsi(number, kind, int(match[1] or 0))
    return Mmsi(number, MmsiKind.NONE, 0)


def parse_mmsi(text: str) -> Mmsi:
    """Nine digits, blanks between them allowed; raises BadInput for another length or no form of an MMSI."""
    digits = _squeezed(text, "MMSI")
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise BadInput(f"{text.strip()!r} is not an MMSI.", "An MMSI has nine digits, such as 263601890.")
    mmsi = mmsi_of(int(digits))
    if is_placeholder("mmsi", digits):
        raise BadInput(f"{digits} is a placeholder that no station was given.", "Leave it out.")
    if mmsi.kind is MmsiKind.NONE:
        raise BadInput(
            f"{digits} has no form of an MMSI.", "A ship's begins with three digits from 201 to 775."
        )
    return mmsi


def imo_check_digit(first_six: int) -> int:
    """The seventh digit of an IMO ship number: last digit of the sum of the six weighted 7 to 2."""
    digits = f"{first_six:06d}"
    return sum(int(digit) * weight for digit, weight in zip(digits, range(7, 1, -1), strict=True)) % 10


def imo_fault(number: int) -> str:
    """What is wrong with an IMO ship number, in words; "" when nothing is."""
    if number in _NO_IMO:
        return f"IMO {number:07d} is a placeholder"
    if not 1_000_000 <= number <= 9_999_999:
        return f"IMO {number} has not seven digits"
    wanted = imo_check_digit(number // 10)
    return "" if number % 10 == wanted else f"IMO {number} fails its check digit ({wanted} expected)"


def parse_imo(text: str) -> int:
    """The IMO ship number written with or without ``IMO``; raises BadInput naming the fault."""
    digits = _squeezed(text, "IMO")
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise BadInput(f"{text.strip()!r} is not an IMO number.", "It has seven digits, such as 9074729.")
    if fault := imo_fault(int(digits)):
        raise BadInput(f"{fault}.", "Check it against another source; small craft have none.")
    return int(digits)


def parse_hex(text: str) -> int:
    """An ICAO 24-bit address of six hexadecimal digits; raises BadInput, also for placeholders."""
    digits = text.strip().lower().removeprefix("0x").removeprefix("icao:")
    if not re.fullmatch(r"[0-9a-f]{6}", digits):
        raise BadInput(
            f"{text.strip()!r} is not an ICAO address.", "It has six hexadecimal digits, such as 4ca815."
        )
    if is_placeholder("hex", digits):
        raise BadInput(f"{digits} is a placeholder that no aircraft was given.", "Leave it out.")
    return int(digits, 16)


def parse_call_sign(text: str) -> str:
    """A call sign in upper case without blanks; raises BadInput when it cannot be one."""
    sign = _squeezed(text, "")
    if (
        not re.fullmatch(r"[A-Z0-9]{3,8}", sign)
        or not re.search("[A-Z]", sign)
        or is_placeholder("call_sign", sign)
    ):
        raise BadInput(f"{text.strip()!r} is not a call sign.", "It has three to eight letters and digits.")
    return sign


def parse_registration(text: str) -> str:
    """An aircraft's registration mark in upper case, its hyphen kept; raises BadInput for what is none."""
    mark = "".join(text.upper().split())
    formed = re.fullmatch(r"[A-Z0-9]{1,4}-?[A-Z0-9]{1,6}", mark) and len(mark) >= 3
    if not formed or is_placeholder("registration", mark):
        raise BadInput(f"{text.strip()!r} is not a registration mark.", "Write it as CS-TFX or N123AB.")
    return mark


def is_placeholder(attribute: str, value: str | int | None) -> bool:
    """Whether a value stands for nothing: a word for unknown, or a number that nobody was given.

    ``attribute`` is mmsi, imo, hex, call_sign, registration, name or any other; placeholders never match
    anything, not even each other.
    """
    if value is None:
        return True
    text = str(value).strip().casefold()
    if not text or text in _NO_WORDS:
        return True
    if attribute == "mmsi":
        return text.isascii() and text.isdigit() and int(text) in PLACEHOLDER_MMSI
    if attribute == "imo":
        digits = text.removeprefix("imo").strip()
        return digits in _NO_WORDS or (digits.isascii() and digits.isdigit() and int(digits) in _NO_IMO)
    if attribute == "hex":
        return bool(re.fullmatch("[0-9a-f]{6}", text)) and int(text, 16) in _NO_HEX
    return not any(char.isalnum() for char in text) or set(text) == {"0"}


def _squeezed(text: str, label: str) -> str:
    return re.sub(r"[\s.-]", "", text.upper()).removeprefix(label).lstrip(":#")
