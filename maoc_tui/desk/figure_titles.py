"""What the rows of a measure are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from maoc_tui.desk.figure_alerts import OUTCOME_TITLES, rule
from maoc_tui.desk.figure_operations import LEG_TITLES
from maoc_tui.desk.target_listing import types
from maoc_tui.domain import operation_rules, seizure_terms
from maoc_tui.domain.text import printable


def _substance(key: str) -> str:
    found = seizure_terms.shipped().substances.get(key)
    return found.title if found is not None else key


def _type(key: str) -> str:
    found = types().get(key)
    return found.title if found is not None else key


def _condition(key: str) -> str:
    found = seizure_terms.shipped().conditions.get(key)
    return found.title if found is not None else key


def _outcome(key: str) -> str:
    found = operation_rules.shipped().outcomes.get(key)
    return found.title if found is not None else key


_TITLES: Mapping[str, Callable[[str], str]] = {
    "seized": _substance,
    "disrupted": _substance,
    "conveyance": _type,
    "persons": _condition,
    "operations": _outcome,
    "gaps": lambda key: OUTCOME_TITLES.get(key, key),
    "precision": rule,
    "cue": lambda key: LEG_TITLES.get(key, key),
}


def titles_of(code: str, keys: Iterable[str]) -> dict[str, str]:
    """Key to title of the rows of a measure; text of the record is made printable."""
    title = _TITLES.get(code, str)
    return {key: printable(title(key), 40) for key in keys}
