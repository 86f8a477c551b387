"""Every format the program reads, recognised by content and never by a file's name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, BinaryIO

from maoc_tui.feeds.source import Format, ReadContext
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.domain.reports import Batch
    from maoc_tui.feeds.csv_dialects import Dialect

    FORMATS: tuple[Format, ...]

HEAD = 1 << 16
"""Bytes of a file that ``recognise`` wants to see."""
_ARCHIVES = {
    b"\x1f\x8b": "gzip", b"PK\x03\x04": "ZIP", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "Zstandard",
    b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7-Zip",
}  # fmt: skip


def _read_nmea(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    from maoc_tui.feeds import nmea

    return nmea.read(stream, context)


def _sniff_nmea(head: bytes) -> bool:
    from maoc_tui.feeds import nmea

    return nmea.sniff(head)


def _read_csv(dialect: Dialect, stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    from maoc_tui.feeds import csv_reader

    return csv_reader.read(stream, context, dialect)


def _sniff_csv(dialect: Dialect, head: bytes) -> bool:
    from maoc_tui.feeds import csv_reader

    return csv_reader.dialect_of(head) is dialect


@cache
def all_formats() -> tuple[Format, ...]:
    """All formats, the strictest to recognise first. Their readers are imported when first used."""
    from maoc_tui.feeds import aircraft_formats, cot, json_formats, sbs
    from maoc_tui.feeds.csv_dialects import DIALECTS

    tables = [
        Format(each.name, each.title, partial(_sniff_csv, each), partial(_read_csv, each))
        for each in DIALECTS
    ]
    sentences = Format("nmea", "NMEA 0183 AIS sentences (AIVDM, AIVDO)", _sniff_nmea, _read_nmea)
    return (*json_formats.FORMATS, *aircraft_formats.FORMATS, *sbs.FORMATS, *cot.FORMATS, *tables, sentences)


def __getattr__(name: str) -> tuple[Format, ...]:
    """``FORMATS``: all of them, made on first use."""
    if name == "FORMATS":
        return all_formats()
    raise AttributeError(name)


def recognise(head: bytes, name: str) -> Format:
    """The format of a file by its first kilobytes; ``name`` is only for the message.

    Raises BadInput naming the file and what was looked for.
    """
    if not head.strip():
        raise BadInput(f"{name} is empty.", "Check that the transfer was complete.")
    for magic, kind in _ARCHIVES.items():
        if head.startswith(magic):
            raise BadInput(f"{name} is a {kind} archive.", "Unpack it first.")
    for each in all_formats():
        if each.sniff(head[:HEAD]):
            return each
    raise BadInput(
        f"{name} is in no format known here.",
        "maoc help traffic lists them; --format NAME reads a file whose beginning is damaged.",
    )


def find(name: str) -> Format:
    """The format of that name; BadInput naming all when there is none."""
    for each in all_formats():
        if each.name == name:
            return each
    known = ", ".join(each.name for each in all_formats())
    raise BadInput(f"There is no format {name!r}.", f"Choose one of {known}.")
