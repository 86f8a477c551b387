"""NaN and Infinity written as numbers: not JSON (RFC 8259, section 6), but what many programs write.

Only the record that holds one is set apart, so that one aircraft without a number does not cost the whole picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

_LITERAL = re.compile(rb"(?<![\w.+-])-?(?:NaN|Infinity)(?![\w.])")
_MOST = 100_000
"""Literals in one document; one with more is damaged."""
_EXCERPT = 400
_STAND_IN = re.compile(r"\x00-?(?:NaN|Infinity)")
"""The text that stands for a literal while the document is read; a record that writes just that is refused too."""
_MARK = re.compile(rb'"\\u0000(-?\w+)"')


class Damaged(bytes):
    """The start of a record that cannot be read, with the field it fails by and the reason."""

    field: str
    reason: str

    def __new__(
        cls, text: bytes, field: str = "", reason: str = "not a JSON object: cut or damaged"
    ) -> Damaged:
        made = super().__new__(cls, text)
        made.field, made.reason = field, reason
        return made


def set_apart(body: bytes) -> Any:
    """The document, with Damaged in place of each record that holds NaN or Infinity.

    None when ``body`` holds no such literal or is no JSON apart from them. Records are the members of a list, or
    of a list one level down; a single object that holds no list of objects is a record itself.
    """
    if b"NaN" not in body and b"Infinity" not in body:
        return None
    spans = _outside_text(body)
    if not spans:
        return None
    try:
        found = orjson.loads(_marked(body, spans))
    except orjson.JSONDecodeError:
        return None
    several = False
    for rows in _lists(found):
        several = several or any(isinstance(row, dict) for row in rows)
        rows[:] = [_checked(row) for row in rows]
    return _checked(found) if isinstance(found, dict) and not several else found


def _outside_text(body: bytes) -> list[tuple[int, int]]:
    """Where the literals are that stand in no text; none when there are beyond all measure."""
    spans: list[tuple[int, int]] = []
    at, quoted = 0, False
    for literal in _LITERAL.finditer(body):
        between = body[at : literal.start()].replace(b"\\\\", b"").replace(b'\\"', b"")
        quoted ^= between.count(b'"') % 2 == 1
        at = literal.end()
        if not quoted:
            spans.append(literal.span())
        if len(spans) > _MOST:
            return []
    return spans


def _marked(body: bytes, spans: list[tuple[int, int]]) -> bytes:
    parts, at = [], 0
    for start, end in spans:
        parts += [body[at:start], b'"\\u0000', body[start:end], b'"']
        at = end
    return b"".join([*parts, body[at:]])


def _lists(found: Any) -> Iterator[list[Any]]:
    """The lists whose members are records."""
    if isinstance(found, dict):
        yield from (value for value in found.values() if isinstance(value, list))
    elif isinstance(found, list):
        inner = [value for value in found if isinstance(value, list)]
        yield from inner or [found]


def _checked(record: Any) -> Any:
    """The record, or Damaged when a literal is somewhere in it."""
    left: list[tuple[str, Any]] = [("", record)]
    while left:
        name, value = left.pop()
        if isinstance(value, dict):
            left += [(f"{name}.{key}".lstrip("."), one) for key, one in reversed(value.items())]
        elif isinstance(value, list):
            left += [(f"{name}[{n}]", one) for n, one in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and _STAND_IN.fullmatch(value):
            text = _MARK.sub(rb"\1", orjson.dumps(record)[:_EXCERPT])
            return Damaged(text, name, f"{value[1:20]} is not a number")
    return record
