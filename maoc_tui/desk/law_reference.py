"""The shipped law, read and checked once: rules, treaties, clocks, what is known of States."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain import law_rules, legal_clocks, state_profiles, treaty_lists
from maoc_tui.domain import staleness as stale
from maoc_tui.domain.law import Law
from maoc_tui.domain.law_table import DecisionTable
from maoc_tui.domain.legal_clocks import ClockRule
from maoc_tui.domain.staleness import Limit
from maoc_tui.domain.state_profiles import Profiles
from maoc_tui.domain.targets import Kind
from maoc_tui.problems import Problem


def law(folder: Path | None = None) -> Law:
    """The law of ``folder``, the shipped data/law when not given; Problem naming file, entry and field."""
    return _law(folder or resources.data("law"))


def clock_rules(folder: Path | None = None) -> dict[str, ClockRule]:
    """The clocks with legal effect by id; Problem naming file, entry and field."""
    return _clocks(folder or resources.data("law"))


def profiles(folder: Path | None = None) -> Profiles:
    """What is known of States by code; Problem naming file, entry and field."""
    return _profiles(folder or resources.data("law"))


def staleness(folder: Path | None = None) -> tuple[Limit, ...]:
    """For how long a fix counts, by class of craft (C10); Problem naming file, entry and field."""
    return _staleness(folder or resources.data("law"))


@lru_cache(maxsize=4)
def _staleness(folder: Path) -> tuple[Limit, ...]:
    from maoc_tui.desk.target_listing import types

    known = {one.code for kind in Kind for one in types().of_kind(kind)}
    return stale.parse(_read(folder, "staleness.toml"), known)


@lru_cache(maxsize=4)
def _profiles(folder: Path) -> Profiles:
    return state_profiles.parse(_read(folder, "profiles.toml"))


@lru_cache(maxsize=4)
def _clocks(folder: Path) -> dict[str, ClockRule]:
    return legal_clocks.parse(_read(folder, "clocks.toml"))


@lru_cache(maxsize=4)
def _law(folder: Path) -> Law:
    rules = law_rules.parse(_read(folder, "rules.toml"))
    table = DecisionTable(rules)
    table.check()
    states = _profiles(folder).by_state
    return Law(
        rules=rules,
        table=table,
        treaties=treaty_lists.parse(_read(folder, "treaties.toml")),
        reaches={code: one.reaches for code, one in states.items() if one.reaches is not None},
        declarations={
            code: f"{one.declares.text} ({one.declares.cite})" for code, one in states.items() if one.declares
        },
    )


def _read(folder: Path, name: str) -> dict[str, Any]:
    try:
        with (folder / name).open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{folder / name}: {error}.", "Mend that line, or install maoc-tui again.") from error
    except OSError as error:
        raise Problem(
            f"{folder / name} cannot be read ({error.strerror}).", "Install maoc-tui again."
        ) from error
