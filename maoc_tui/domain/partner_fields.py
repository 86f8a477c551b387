"""Checks of one field of a register's entry: a fault names the entry, the field and the reason."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from maoc_tui.domain.text import printable

Row = Mapping[str, Any]


def word(row: Row, field: str, entry: str) -> str:
    """A field that must say something, as one clean line; ValueError otherwise."""
    word = printable(str(row.get(field, "")), 120)
    require(bool(word), entry, field, "is missing")
    return word


def one_of(value: object, known: Container[str], entry: str, field: str) -> str:
    """A word of a known set; ValueError otherwise."""
    require(isinstance(value, str) and value in known, entry, field, f"{value!r} is not known")
    return str(value)


def require(holds: bool, entry: str, field: str, reason: str) -> None:
    """Raise ValueError unless it holds."""
    if not holds:
        raise ValueError(f"{entry}, {field}: {reason}")
