"""What changed in a brief since its last issue to the same recipient."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from hashlib import sha256

from maoc_tui.brief.document import CHANGED, NEW, Document, Line
from maoc_tui.brief.told import told


def digest(line: Line) -> str:
    """A mark of what a line says, SHA-256 in hexadecimal: its words, marking and terms, not why it is in."""
    return sha256("\x1f".join((line.text, line.marking, *line.terms)).encode()).hexdigest()


def digests(document: Document) -> dict[str, str]:
    """Key to digest of every line that is compared from issue to issue."""
    return {line.key: digest(line) for line in document.lines}


_RECORD = re.compile(r"(?!BR-)\b[A-Z]{1,3}-\d{2,}")


def compared(
    document: Document, before: Mapping[str, str], issue: str, still_open: Container[str] = frozenset()
) -> Document:
    """The document with ``+`` and ``~`` against the lines (key to digest) of an earlier issue, and what is gone.

    Gone is a record that the earlier issue told of, that no line or position tells of now, and that the reader is not
    shown as open (``still_open``) any more. Only its reference is told: its words may have been recalled.
    """
    here = {_record(line.key) for line in told(document)}
    sections = tuple(
        replace(section, lines=tuple(replace(line, change=_mark(line, before)) for line in section.lines))
        for section in document.sections
    )
    gone = dict.fromkeys(ref for ref in map(_record, before) if ref not in here and ref not in still_open)
    return replace(document, sections=sections, since=issue, gone=tuple(filter(None, gone)))


def _record(key: str) -> str:
    """The record that a line of this key is about: T-0417 of ``decisions/lead T-0417``; "" for none."""
    found = _RECORD.search(key.partition("/")[2])
    return found[0] if found else ""


def _mark(line: Line, before: Mapping[str, str]) -> str:
    if line.key not in before:
        return NEW
    return "" if before[line.key] == digest(line) else CHANGED
