"""What a row of a Marine Regions file says, whatever the edition called its columns.

v11 and later write column names in upper case, v10 mixed, the web service lower; before v11 no sovereign's ISO
code is given and the name has to do. Column names reach this module in lower case.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from maoc_tui import resources
from maoc_tui.domain.text import printable
from maoc_tui.geo.derive_sources import units
from maoc_tui.geo.official import Refused

_POL_TYPES = {
    "200nm": "eez", "exclusive economic zone": "eez", "eez": "eez", "12nm": "territorial",
    "territorial sea": "territorial", "24nm": "contiguous", "contiguous zone": "contiguous",
    "internal waters": "internal", "archipelagic waters": "archipelagic", "high seas": "high_seas",
}  # fmt: skip
_CLAIMED = ("overlapping claim", "disputed")
_JOINT = "joint regime"
_LAYERS = (
    ("internal", "internal"), ("archipelagic", "archipelagic"), ("12nm", "territorial"), ("24nm", "contiguous"),
    ("high_seas", "high_seas"), ("highseas", "high_seas"), ("eez", "eez"),
)  # fmt: skip
_NOT_ZONES = ("boundar", "eez_land", "eez_iho", "_ecs", "ecs_")
_OLDER = {
    "iso_ter1": ("iso_3digit", "iso_ter"), "sovereign1": ("sovereign",), "territory1": ("territory", "country"),
    "geoname": ("eez", "name"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """What a row means."""

    kind: str
    states: tuple[str, ...]
    status: str
    name: str
    territory: str


def kind_of_layer(name: str) -> str | None:
    """The kind of zone a layer's or file's name announces; None when it announces none, "" when it is not of zones."""
    low = name.lower().replace("-", "_").replace(" ", "_")
    if any(word in low for word in _NOT_ZONES):
        return ""
    return next((kind for word, kind in _LAYERS if word in low), None)


def describe(fields: Mapping[str, object], layer_kind: str | None) -> Described:
    """Kind, states, status and name of a row. Raises Refused naming the column."""
    sort = re.sub(r"(\d) +nm", r"\1nm", _text(fields, "pol_type").lower())
    joint = sort.startswith(_JOINT)
    claimed = sort.startswith(_CLAIMED)
    if sort and not (joint or claimed) and sort not in _POL_TYPES:
        raise Refused("pol_type", f"{printable(sort, 40)!r} is no zone that can be used")
    kind = _POL_TYPES.get(sort) or layer_kind
    if kind is None and not joint:
        raise Refused("pol_type", "is missing, and the layer's name does not say the kind of zone")
    if joint and kind in (None, "eez"):
        kind = "joint"
    assert kind is not None
    name = printable(_text(fields, "geoname"), 120)
    if kind == "high_seas":
        return Described(kind, (), "agreed", name or "High seas", "")
    states, territory = _states(fields)
    doubt = claimed or len(states) > 1
    status = "joint" if joint else "disputed" if doubt else "agreed"
    return Described(kind, states, status, name or f"{'/'.join(states)} {kind}", territory)


def code_of(value: str) -> str | None:
    """ISO alpha-2 of an alpha-2, alpha-3 or numeric code or of a name; None when it is none."""
    text = value.strip()
    digits = re.sub(r"\.0*$", "", text)
    if digits.isascii() and digits.isdigit():
        return _codes().get(digits.zfill(3))
    return _codes().get(text.upper()) if len(text) <= 3 else _names().get(_plain(text))


def alpha3(code: str) -> str:
    """ISO alpha-3 of a known alpha-2 code."""
    return next(
        long for long, short in _codes().items() if short == code and len(long) == 3 and long.isalpha()
    )


def sovereign(code: str) -> str:
    """The state behind a territory: GB for GI, PT for PT."""
    unit = _units().get(code)
    return unit if unit else code


def _states(fields: Mapping[str, object]) -> tuple[tuple[str, ...], str]:
    ground = _code(fields, "iso_ter1")
    found = []
    for i in "123":
        code = next(
            filter(None, (_code(fields, f"{c}{i}") for c in ("iso_sov", "un_sov", "sovereign"))), None
        )
        found.append(sovereign(code) if code else None)
    if found[0] is None and ground:
        found[0] = sovereign(ground)
    states = tuple(dict.fromkeys(code for code in found if code))
    if not states:
        raise Refused("iso_sov1", "is missing, and neither sovereign1 nor iso_ter1 says whose it is")
    return states, ground or states[0]


def _code(fields: Mapping[str, object], column: str) -> str | None:
    text = _text(fields, column)
    if not text or (column.startswith("un_") and not text.strip("0.")):
        return None
    code = code_of(text)
    if code is None:
        raise Refused(column, f"{printable(text, 40)!r} is no state or territory known here")
    return code


def _text(fields: Mapping[str, object], column: str) -> str:
    for name in (column, *_OLDER.get(column, ())):
        value = fields.get(name)
        if value is not None and str(value).strip() not in ("", "None", "-", "nan"):
            return str(value).strip()
    return ""


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    with resources.data("iso3166.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row[column]: row["alpha2"] for row in rows for column in row if row[column]}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {_plain(unit.name): unit.code for unit in units().values() if len(unit.code) == 2} | {
        "sao tome and principe": "ST", "united states of america": "US", "democratic republic of the congo": "CD",
        "republic of the congo": "CG", "ivory coast": "CI", "cape verde": "CV", "east timor": "TL",
        "federal republic of somalia": "SO", "republic of mauritius": "MU", "comores": "KM", "gambia": "GM",
        "the bahamas": "BS", "czech republic": "CZ", "micronesia": "FM", "antigua and barbuda": "AG",
        "saint kitts and nevis": "KN", "saint vincent and the grenadines": "VC", "trinidad and tobago": "TT",
    }  # fmt: skip


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {unit.code: unit.states[0] for unit in units().values()}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
