"""One MMSI as JSON gives it, to a contact: its key, kind of station and doubt."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from maoc_tui.domain.contacts import ContactClass, Doubt, Space, contact_key
from maoc_tui.domain.identity import PLACEHOLDER_MMSI
from maoc_tui.feeds import ais_numbers
from maoc_tui.feeds.json_values import Unusable, whole


def station(value: Any) -> tuple[int, ContactClass, Doubt]:
    """Contact key, class and doubt of an MMSI, given as a number or as text; Unusable when it is none.

    A number of the wrong length or with no country is kept and doubted: somebody transmits it. The number
    of a ship is taken for class A, since most of these services do not say which class sent the report.
    """
    mmsi = whole(value, 0, 9_999_999_999)
    if mmsi is None:
        raise Unusable("mmsi", "missing or not a number of nine digits")
    return contact_key(Space.AIS, mmsi), *_form(mmsi)


def _form(mmsi: int) -> tuple[ContactClass, Doubt]:
    cls, doubt = _by_country()[min(mmsi // 1_000_000, 1000)]
    return cls, Doubt.PLACEHOLDER if mmsi in PLACEHOLDER_MMSI else doubt


@cache
def _by_country() -> tuple[tuple[ContactClass, Doubt], ...]:
    """Class and doubt by the first three digits, which settle both; the last row is for ten digits."""
    column = np.arange(1001, dtype=np.int64) * 1_000_000 + 500_000
    doubts = ais_numbers.doubts(column)
    classes = ais_numbers.classes(
        column, np.where(doubts, int(ContactClass.UNKNOWN), int(ContactClass.SHIP_A))
    )
    return tuple((ContactClass(int(c)), Doubt(int(d))) for c, d in zip(classes, doubts, strict=True))
