"""The lists of parties to each treaty, as data/law/treaties.toml gives them, checked as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from maoc_tui.domain.law_rules import Verification
from maoc_tui.domain.law_treaties import OPTIONS, Treaties, Treaty
from maoc_tui.problems import BadInput

FILE = "law/treaties.toml"
_WAY_OUT = "Mend that entry, or install maoc-tui again."


def parse(data: Mapping[str, Any]) -> Treaties:
    """Treaties from the parsed TOML; BadInput naming entry, field and reason."""
    by_code = {code: _treaty(code, entry) for code, entry in data["treaty"].items()}
    sovereign = {place: state for state, places in data["territories"].items() for place in places}
    for field in ("as_of", "review_by"):
        if not isinstance(data.get(field), date):
            raise BadInput(f"{FILE}, {field}: {data.get(field)!r} is not a day.", _WAY_OUT)
    return Treaties(by_code, sovereign, data["as_of"], data["review_by"])


def _check(code: str, entry: Mapping[str, Any]) -> None:
    """Raise BadInput where an entry cannot be read as a treaty."""
    for field in ("short", "complete", "source", "verification", "parties"):
        if field not in entry:
            raise BadInput(f"{FILE}, treaty {code}, {field}: it is missing.", _WAY_OUT)
    for state in entry["parties"]:
        if len(state) != 2 or not state.isupper():
            raise BadInput(f"{FILE}, treaty {code}, parties: {state!r} is not a State's code.", _WAY_OUT)
    if not set(_options(entry).values()) <= set(OPTIONS):
        raise BadInput(f"{FILE}, treaty {code}, option: it is not open, silence or consent.", _WAY_OUT)
    for field in ("signed", "known_from"):
        if field in entry and not isinstance(entry[field], date):
            raise BadInput(f"{FILE}, treaty {code}, {field}: {entry[field]!r} is not a day.", _WAY_OUT)


def _options(entry: Mapping[str, Any]) -> dict[str, str]:
    """State to the option it chose, where the file says so."""
    return {state: facts["option"] for state, facts in entry["parties"].items() if "option" in facts}


def _treaty(code: str, entry: Mapping[str, Any]) -> Treaty:
    _check(code, entry)
    area = entry.get("area")
    return Treaty(
        code=code,
        short=entry["short"],
        complete=bool(entry["complete"]),
        verification=Verification(entry["verification"]),
        parties={state: facts.get("since") for state, facts in entry["parties"].items()},
        not_parties=frozenset(entry.get("not_parties", ())),
        options=_options(entry),
        area=(area["west"], area["east"], area["south"], area["north"]) if area else None,
        in_force={"not known": None}.get(entry.get("in_force", "yes"), entry.get("in_force") != "no"),
        signed=entry.get("signed"),
        known_from=entry.get("known_from"),
        source=entry["source"],
        says=entry.get("says", ""),
        article=entry.get("article", ""),
        name=entry.get("name", entry["short"]),
    )
