"""Which kind of station an MMSI belongs to, by its form (ITU-R M.585)."""

from __future__ import annotations

from typing import Any

from maoc_tui.domain.contacts import ContactClass, Doubt, Space, contact_key
from maoc_tui.feeds.json_values import Unusable, whole

_FORMS = (
    ("970", ContactClass.DISTRESS),
    ("972", ContactClass.DISTRESS),
    ("974", ContactClass.DISTRESS),
    ("111", ContactClass.SAR_AIRCRAFT),
    ("98", ContactClass.CRAFT),
    ("99", ContactClass.AID),
    ("00", ContactClass.BASE_STATION),
    ("8", ContactClass.HANDHELD),
)
_PLACEHOLDERS = frozenset({0, 1, 1193046, 12345678, 123456789, 987654321} | {int(d * 9) for d in "123456789"})
"""Numbers that sets leave the factory with or that stand for none; 1193046 is hexadecimal 123456."""


def station(value: Any) -> tuple[int, ContactClass, Doubt]:
    """Contact key, class and doubt of an MMSI, given as a number or as text; Unusable when it is none.

    A number of the wrong length or with no country is kept and doubted: somebody transmits it.
    """
    mmsi = whole(value, 0, 9_999_999_999)
    if mmsi is None:
        raise Unusable("mmsi", "missing or not a number of nine digits")
    key = contact_key(Space.AIS, mmsi)
    if mmsi in _PLACEHOLDERS:
        return key, ContactClass.UNKNOWN, Doubt.PLACEHOLDER
    digits = f"{mmsi:09d}"
    for prefix, cls in _FORMS:
        if len(digits) == 9 and digits.startswith(prefix):
            return key, cls, Doubt.NONE
    if len(digits) == 9 and 201 <= int(digits[:3]) <= 775:
        return key, ContactClass.SHIP_A, Doubt.NONE
    return key, ContactClass.UNKNOWN, Doubt.MMSI_FORM
