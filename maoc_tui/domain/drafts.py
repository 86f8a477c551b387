"""What somebody has typed and not sent yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """Of one form on one record, or of one log line; nobody else's than whoever typed it."""

    id: str
    """Goes with what is sent, so that a log line stands once however often it is sent: 32 hexadecimal digits."""
    form: str
    """Which form, or which log."""
    about: str
    """Reference of the record it is about; "" for none."""
    values: Mapping[str, str]
    """What was typed, by field."""
    at_ms: int
    """When it was last changed, by the watch clock."""
    held: str = ""
    """The program in which it is open or being sent; "" once it was left."""
    saw: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """What stood in the record when the form was opened, by field."""
