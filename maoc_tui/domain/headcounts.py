"""Persons met at an event: what each source counts, by condition and nationality, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maoc_tui.domain.seizures import Persons, standing


@dataclass(frozen=True, slots=True)
class Account:
    """What one source says of the persons of one condition."""

    condition: str
    source: str
    total: int
    nationalities: tuple[tuple[str, int], ...]
    """ISO code and count, the largest first."""
    official: bool
    at_ms: int
    entered_ms: int
    sound: bool
    """The nationalities do not add to more than the total told."""


def accounts(persons: Iterable[Persons]) -> tuple[Account, ...]:
    """The accounts of persons that stand, by condition, the one that is quoted first: official ones, then the newest.

    Within one source a later count of a nationality takes the place of its earlier one, and later nationalities that
    add to more than an earlier total take the place of that.
    """
    latest: dict[tuple[str, str], dict[str, Persons]] = {}
    for line in sorted(standing(persons), key=lambda line: (line.at_ms, line.entered_ms)):
        latest.setdefault((line.condition, line.source.casefold()), {})[line.nationality] = line
    found = [_account(list(lines.values())) for lines in latest.values()]
    return tuple(
        sorted(found, key=lambda one: (one.condition, not one.official, -one.at_ms, -one.entered_ms))
    )


def _account(lines: list[Persons]) -> Account:
    parts = {line.nationality: line.count for line in lines if line.nationality}
    whole = next((line for line in lines if not line.nationality), None)
    split = sum(parts.values())
    if (
        whole is not None
        and split > whole.count
        and all(_after(line, whole) for line in lines if line is not whole)
    ):
        whole = None
    told = whole.count if whole is not None else None
    return Account(
        condition=lines[0].condition,
        source=lines[-1].source,
        total=split if told is None else told,
        nationalities=tuple(sorted(parts.items(), key=lambda item: (-item[1], item[0]))),
        official=any(line.official for line in lines),
        at_ms=max(line.at_ms for line in lines),
        entered_ms=max(line.entered_ms for line in lines),
        sound=told is None or split <= told,
    )


def _after(line: Persons, other: Persons) -> bool:
    """Whether one was counted, then entered, later than another."""
    return (line.at_ms, line.entered_ms) > (other.at_ms, other.entered_ms)
