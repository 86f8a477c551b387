"""Whether a value tells one vessel or aircraft from another, and what makes an identity doubtful."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from maoc_tui.domain.contacts import Space, key_text, space_of
from maoc_tui.domain.flags import FlagTables
from maoc_tui.domain.identity import is_placeholder
from maoc_tui.domain.identity_checks import Badge, Known
from maoc_tui.domain.identity_checks import badges as doubts

_DIGITS = {"mmsi": 9, "imo": 7}
_TELLING = {"mmsi", "imo", "hex", "call_sign", "registration"}
"""Without any of these there is nothing to doubt."""
_HEARD = {Space.AIS: "mmsi", Space.ICAO: "hex"}


def identifies(attribute: str, value: str) -> bool:
    """Whether an equal value speaks for the same object: placeholders and cut-off numbers never do."""
    return not is_placeholder(attribute, value) and len(value) == _DIGITS.get(attribute, len(value))


def heard_as(key: int) -> tuple[str, str]:
    """The attribute a contact's number is, and the number as a fact holds it; empty for anonymous tracks."""
    attribute = _HEARD.get(space_of(key), "")
    return attribute, key_text(key).partition(":")[2] if attribute else ""


def badges(values: Mapping[str, str], keys: Collection[int], tables: FlagTables) -> tuple[Badge, ...]:
    """Every doubt about a target: its values that hold, the contacts it is heard as, and the tables."""
    if not keys and not _TELLING & values.keys():
        return ()
    whole, apart = dict(values), []
    for key in keys:
        attribute, number = heard_as(key)
        stated = whole.setdefault(attribute, number) if attribute else ""
        if stated != number:
            apart.append(Badge("link", f"{attribute.upper()} {stated} is stated, {number} is heard"))
    known = Known(
        mmsi=int(whole["mmsi"]) if whole.get("mmsi") else None,
        imo=int(whole["imo"]) if whole.get("imo") else None,
        hex=int(whole["hex"], 16) if whole.get("hex") else None,
        call_sign=whole.get("call_sign", ""),
        registration=whole.get("registration", ""),
        flag=whole.get("flag", ""),
    )
    return (*doubts(known, tables), *apart)
