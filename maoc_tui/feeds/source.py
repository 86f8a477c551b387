"""The one shape of everything that delivers reports: a format that is recognised and read in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from maoc_tui.domain.reports import Batch


@dataclass(frozen=True, slots=True)
class ReadContext:
    """The clocks a reader may lean on."""

    received_ms: int
    """When the data arrived: stands in where a report carries no time. Milliseconds since the epoch."""
    now_ms: int
    """The watch clock: later stamps are marked as future."""


Reader = Callable[[BinaryIO, ReadContext], Iterator[Batch]]
"""Reads a binary stream in batches of at most about 20,000 records; memory does not grow with the stream."""


@dataclass(frozen=True, slots=True)
class Format:
    """A wire or file format: recognised by content, read as batches."""

    name: str
    """As in ``maoc ingest --format``."""
    title: str
    """As people call it."""
    sniff: Callable[[bytes], bool]
    """True when the first kilobytes can only be this format."""
    read: Reader
