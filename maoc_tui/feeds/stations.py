"""One MMSI as JSON gives it, to a contact: its key, kind of station and doubt."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from maoc_tui.domain.contacts import ContactClass, Doubt, Space, contact_key
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


@lru_cache(maxsize=65_536)
def _form(mmsi: int) -> tuple[ContactClass, Doubt]:
    column = np.array([mmsi], np.int64)
    doubt = Doubt(int(ais_numbers.doubts(column)[0]))
    stated = ContactClass.UNKNOWN if doubt else ContactClass.SHIP_A
    return ContactClass(int(ais_numbers.classes(column, int(stated))[0])), doubt
