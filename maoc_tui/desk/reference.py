"""The shipped tables, read once and checked while reading: a fault names the file, the line, the reason."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui import resources
from maoc_tui.domain.ageing import AgeLimits
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.flags import Block, FlagTables, States
from maoc_tui.domain.query_fields import SHIP_GROUPS
from maoc_tui.problems import Problem

_WAY_OUT = "Install maoc-tui again, or mend that line."
_CODE = re.compile("[A-Z]{2}")
Row = dict[str, str]


@dataclass(frozen=True)
class Reference:
    """MID table, address blocks, registrations, call signs, ship types and ageing limits."""

    folder: Path

    @classmethod
    def load(cls, folder: Path | None = None) -> Reference:
        """The tables of ``folder``, the shipped data/ when not given; each is read on first use."""
        return cls(folder or resources.data())

    @cached_property
    def flag_tables(self) -> FlagTables:
        """Which State a number or mark speaks of. Raises Problem naming the file and line of a fault."""
        mids = list(self._rows("mid.csv", _mid))
        blocks = tuple(row for row, _ in self._rows("icao_blocks.csv", _block))
        self._ordered("icao_blocks.csv", [(block.first, block.last) for block in blocks])
        registrations = dict(row for row, _ in self._rows("registrations.csv", _registration))
        call_signs = tuple(row for row, _ in self._rows("call_signs.csv", _call_sign))
        self._ordered("call_signs.csv", [(first, last) for first, last, _ in call_signs if len(first) == 2])
        if len({mid for (mid, _), _ in mids}) != len(mids):
            raise Problem(f"{self.folder / 'mid.csv'}: a MID stands twice.", _WAY_OUT)
        return FlagTables(
            mid={mid: code for (mid, code), _ in mids},
            places={mid: row["note"] for (mid, _), row in mids if row["note"]},
            blocks=blocks,
            registrations=registrations,
            call_signs=tuple(sorted(call_signs, key=lambda series: -len(series[0]))),
            state=self._states(mids),
            names={row["code"]: row["name"] for _, row in reversed(mids)},
        )

    def _states(self, mids: list[tuple[tuple[int, str], Row]]) -> dict[str, str]:
        state = {row["code"]: row["state"] for _, row in mids}
        for _, row in self._rows("registrations.csv", _registration):
            codes, states = row["code"].split(), row["state"].split()
            if len(codes) == len(states) == 1:
                state.setdefault(codes[0], states[0])
        return state

    def flags(self, keys: NDArray[np.int64]) -> NDArray[Any]:
        """ISO alpha-2 per contact key from the MID or the 24-bit block; "" where nothing is known."""
        return self.flag_tables.flags(keys)

    def state_of(self, code: str) -> str:
        """The State behind a territory's ISO code."""
        return self.flag_tables.state_of(code)

    @cached_property
    def _ship_types(self) -> dict[int, tuple[str, str]]:
        return dict(row for row, _ in self._rows("ship_types.csv", _ship_type))

    @cached_property
    def ship_type_names(self) -> dict[int, str]:
        """AIS ship type code to the word lists show and filters take; "" where the code says nothing."""
        return {
            code: group if group not in ("unknown", "reserved") else ""
            for code, (group, _) in self._ship_types.items()
        }

    @cached_property
    def ship_type_texts(self) -> dict[int, str]:
        """AIS ship type code to its full text."""
        return {code: text for code, (_, text) in self._ship_types.items()}

    @cached_property
    def ageing(self) -> AgeLimits:
        """How long fixes count, by class."""
        path = self.folder / "ageing.toml"
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            rows = [table[cls.name.lower()] for cls in ContactClass]
            columns = {name: [float(row[name]) for row in rows] for name in _AGEING}
        except (
            OSError,
            UnicodeDecodeError,
            tomllib.TOMLDecodeError,
            KeyError,
            TypeError,
            ValueError,
        ) as error:
            raise Problem(
                f"{path}: cannot be read ({error.__class__.__name__}: {error}).", _WAY_OUT
            ) from None
        if any(
            not 0 <= fresh <= lost
            for fresh, lost in zip(columns["fresh_min"], columns["lost_min"], strict=True)
        ):
            raise Problem(f"{path}: a class is lost before it is old.", _WAY_OUT)
        return AgeLimits(*(np.array(columns[name]) * factor for name, factor in _AGEING.items()))

    def _rows(self, name: str, read: Callable[[Row], Any]) -> Iterator[tuple[Any, Row]]:
        path = self.folder / name
        try:
            with path.open(encoding="utf-8", newline="") as file:
                for number, row in enumerate(csv.DictReader(file), 2):
                    yield _checked(path, number, row, read), row
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise Problem(f"{path}: cannot be read ({error.__class__.__name__}).", _WAY_OUT) from None

    def _ordered(self, name: str, ranges: list[tuple[Any, Any]]) -> None:
        for before, after in pairwise(ranges):
            if before[1] >= after[0]:
                raise Problem(f"{self.folder / name}: {after[0]} lies in the range before it.", _WAY_OUT)


_AGEING = {"fresh_min": 60.0, "lost_min": 60.0, "reckon_min": 60.0, "growth_kn": 1.0, "growth_share": 1.0}


def _checked(path: Path, number: int, row: Row, read: Callable[[Row], Any]) -> Any:
    try:
        return read(row)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Problem(f"{path}, line {number}: {error}.", _WAY_OUT) from None


def _mid(row: Row) -> tuple[int, str]:
    mid = int(row["mid"])
    _require(201 <= mid <= 775, f"MID {mid} is not from 201 to 775")
    _require(bool(row["name"]), "the name is missing")
    _codes(row["state"])
    (code,) = _codes(row["code"])
    return mid, code


def _block(row: Row) -> Block:
    first, last = int(row["first"], 16), int(row["last"], 16)
    _require(0 <= first <= last < 1 << 24, f"{row['first']} to {row['last']} is no range of 24-bit addresses")
    (code,) = _codes(row["code"])
    return Block(first, last, code)


def _registration(row: Row) -> tuple[str, States]:
    prefix = row["prefix"]
    _require(bool(re.fullmatch("[A-Z0-9]{1,4}(-[A-Z])?", prefix)), f"{prefix!r} is no prefix")
    _codes(row["code"])
    return prefix, _codes(row["state"])


def _call_sign(row: Row) -> tuple[str, str, States]:
    first, last = row["first"], row["last"]
    form = re.fullmatch("[A-Z0-9]{2,3}", first) and re.fullmatch("[A-Z0-9]{2,3}", last)
    _require(bool(form) and len(first) == len(last) and first <= last, f"{first} to {last} is no series")
    return first, last, _codes(row["state"])


def _ship_type(row: Row) -> tuple[int, tuple[str, str]]:
    code, group = int(row["code"]), row["group"]
    _require(0 <= code <= 99, f"type {code} is not from 0 to 99")
    _require(group in SHIP_GROUPS, f"{group!r} is no group of ship types")
    return code, (group, row["text"])


def _codes(text: str) -> States:
    codes = text.split()
    _require(bool(codes) and all(_CODE.fullmatch(code) for code in codes), f"{text!r} is no ISO alpha-2 code")
    return frozenset(codes)


def _require(holds: bool, reason: str) -> None:
    if not holds:
        raise ValueError(reason)
