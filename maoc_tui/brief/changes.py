"""What changed in a brief since its last issue to the same recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from maoc_tui.brief.document import CHANGED, NEW, Document, Line


def digest(line: Line) -> str:
    """A mark of what a line says, SHA-256 in hexadecimal: its words, marking and terms, not why it is in."""
    return sha256("\x1f".join((line.text, line.marking, *line.terms)).encode()).hexdigest()


def digests(document: Document) -> dict[str, str]:
    """Key to digest of every line that is compared from issue to issue."""
    return {line.key: digest(line) for line in document.lines}


def compared(document: Document, before: Mapping[str, str], issue: str) -> Document:
    """The document with ``+`` and ``~`` against the lines (key to digest) of an earlier issue, and what is gone.

    Of what is gone only the reference is told: its words may have been recalled.
    """
    now = {line.key for line in document.lines}
    sections = tuple(
        replace(section, lines=tuple(replace(line, change=_mark(line, before)) for line in section.lines))
        for section in document.sections
    )
    gone = tuple(dict.fromkeys(key.partition("/")[2] for key in before if key not in now))
    return replace(document, sections=sections, since=issue, gone=gone)


def _mark(line: Line, before: Mapping[str, str]) -> str:
    if line.key not in before:
        return NEW
    return "" if before[line.key] == digest(line) else CHANGED
