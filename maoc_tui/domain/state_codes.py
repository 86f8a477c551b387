"""Codes of States as typed: ISO 3166-1 alpha-2 of data/iso3166.csv, and nothing that only looks like one."""

from __future__ import annotations

import csv
from functools import cache

from maoc_tui import resources
from maoc_tui.problems import BadInput

_MEANT = {"UK": "GB", "EL": "GR"}
"""Codes in common use that are not of the standard."""


@cache
def codes() -> frozenset[str]:
    """Every code of two letters; XK for Kosovo is in use though not of the standard."""
    with resources.data("iso3166.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(row["alpha2"] for row in csv.DictReader(stream))


def state_code(text: str, what: str) -> str:
    """The code of a State as typed, in capitals; BadInput naming ``what`` when there is no such State."""
    code = text.strip().upper()
    if code in codes():
        return code
    meant = _MEANT.get(code)
    way_out = f"Write {meant}." if meant else "Give ISO alpha-2, such as ES."
    raise BadInput(f"{what} {text.strip()[:20]!r} is not a State's code.", way_out)
