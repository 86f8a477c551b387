"""Weights as people type them, kept in whole grams so that sums are exact; the words typed are kept beside."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from maoc_tui.problems import BadInput

_GRAMS = {
    **dict.fromkeys(("", "kg", "kgs", "kilo", "kilos"), Decimal(1000)),
    **dict.fromkeys(("g", "gram", "grams"), Decimal(1)),
    **dict.fromkeys(("t", "tonne", "tonnes"), Decimal(1_000_000)),
    **dict.fromkeys(("lb", "lbs"), Decimal("453.59237")),
}
"""Grams in one unit; the pound is the international one."""
_LIMIT_G = 1_000_000_000
"""A thousand tonnes: more is a slip of the keys."""
_TEXT = re.compile(r"([0-9][0-9 ,.'\u2019\u00a0\u202f]*?)\s*([a-z]*)", re.ASCII)
_WAY_OUT = "Write it as 3281 kg, 4.6 t or 250 g."


def parse_weight(text: str) -> int:
    """Whole grams of ``3281``, ``3 281 kg``, ``4.6 t``, ``1,234,567 g``, ``660 lb``; BadInput otherwise.

    A single point or comma before exactly three digits means thousands in one country and a fraction in the
    next: such a weight is refused, except in tonnes, where only the fraction makes sense.
    """
    match = _TEXT.fullmatch(text.strip().casefold())
    if match is None or match[2] not in _GRAMS:
        raise BadInput(f"{text.strip()[:40]!r} is not a weight.", _WAY_OUT)
    number = _number(match[1].strip(), match[2] in ("t", "tonne", "tonnes"), text.strip()[:40])
    grams = int((number * _GRAMS[match[2]]).to_integral_value(ROUND_HALF_UP))
    if not 0 < grams <= _LIMIT_G:
        raise BadInput(
            f"{text.strip()[:40]} is no weight of a find.", "Give more than nothing, up to 1000 t."
        )
    return grams


def _number(digits: str, tonnes: bool, shown: str) -> Decimal:
    plain = re.sub(r"['\u2019\u00a0\u202f]", " ", digits)
    for thousands, decimal in ((" ", "[.,]"), (",", r"\."), (r"\.", ",")):
        grouped = rf"([0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+)(?:{decimal}([0-9]+))?"
        match = re.fullmatch(grouped, plain)
        if match and (thousands == " " or match[2] or len(match[1]) > 7):
            return Decimal(f"{re.sub('[ ,.]', '', match[1])}.{match[2] or 0}")
    match = re.fullmatch(r"([0-9]+)(?:[.,]([0-9]+))?", plain)
    if match is None:
        raise BadInput(f"{shown!r} is not a weight.", _WAY_OUT)
    whole, part = match[1], match[2] or "0"
    if len(part) == 3 and len(whole) <= 3 and int(whole) and not tonnes:
        raise BadInput(
            f"{shown} may be {whole}{part} or {whole} and a fraction.",
            f"Write {whole}{part}, or {whole}.{part}0 for the fraction.",
        )
    return Decimal(f"{whole}.{part}")


def format_kg(grams: int) -> str:
    """``3,281 kg``, ``0.25 kg``: a blank never breaks it, and no decimals where there are none."""
    whole, rest = divmod(grams, 1000)
    if not rest:
        return f"{whole:,} kg"
    return f"{whole:,}.{rest:03d}".rstrip("0") + " kg"


def kilograms(grams: int) -> float:
    """Kilograms, for scripts."""
    return grams / 1000
