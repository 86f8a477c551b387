"""Somebody else's JSON, opened with care: whole documents under a cap, or one object a line.

Read with orjson, which refuses lone surrogates and deep nesting. Where a key is repeated in one object the last
value counts, as in every common reader. A wrong document is one sentence, never a traceback; a record that holds
NaN or Infinity is one reject (json_literals).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, BinaryIO

import orjson

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.domain.reports import NO_STATUS, Batch, Fixes, Identity, Reject, unplaced_beacon
from maoc_tui.feeds.json_literals import Damaged, set_apart
from maoc_tui.feeds.json_values import NAN, Unusable
from maoc_tui.feeds.source import ReadContext
from maoc_tui.problems import BadInput

DOCUMENT_CAP = 256 << 20
"""Largest whole document in bytes: a worldwide picture of 500,000 ships is about 150 MB."""
LINE_CAP = 1 << 20
BATCH = 20_000
_EXCERPT = 200
_ABSENT = object()
_EMPTY = "Ask again later; nothing was taken."
_WEB_PAGE = "Check the address, and sign-in pages in between."


@dataclass(slots=True)
class Heard:
    """One record understood: who, when, where if it says, and what it says of itself."""

    key: int
    time: int
    """Milliseconds since the epoch."""
    cls: int
    doubt: Doubt = Doubt.NONE
    lat: float = NAN
    lon: float = NAN
    sog: float = NAN
    cog: float = NAN
    heading: float = NAN
    altitude: float = NAN
    error_m: float = NAN
    status: int = NO_STATUS
    values: dict[str, str | int | float] = field(default_factory=dict)


class Refusal(BadInput):
    """The service answered, and said no: too often, no such user, no credit left."""


Understand = Callable[[Any, ReadContext], Heard]
"""One record to what it says; raises Unusable naming the field."""
_COLUMNS = (
    "key",
    "time",
    "lat",
    "lon",
    "sog",
    "cog",
    "heading",
    "altitude",
    "error_m",
    "status",
    "cls",
    "doubt",
)
_COLUMN_VALUES = attrgetter(*_COLUMNS)


def document(stream: BinaryIO, what: str, head: bytes = b"") -> Any:
    """The JSON document of ``head`` and all of ``stream``; BadInput in one sentence when it is none."""
    body = head + stream.read(DOCUMENT_CAP + 1)
    if len(body) > DOCUMENT_CAP:
        raise BadInput(
            f"The {what} document is over {DOCUMENT_CAP >> 20} MB.", "Ask for a smaller area, or split it."
        )
    body = body.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        raise BadInput(f"The {what} answer is empty.", _EMPTY)
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        if (apart := set_apart(body)) is not None:
            return apart
        if body[:1] == b"<":
            raise BadInput(f"This is a web page, not a {what} document.", _WEB_PAGE) from None
        raise BadInput(
            f"The {what} document is cut or damaged at line {error.lineno}: {error.msg}.",
            "Fetch it again; nothing was taken.",
        ) from None


def members(holder: Any, key: str, what: str) -> list[Any]:
    """The list under ``key`` of a document, null being an empty one; BadInput when there is none."""
    rows = holder.get(key, _ABSENT) if isinstance(holder, dict) else _ABSENT
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise BadInput(
            f"This is not a {what} document: it has no list {key!r}.", "Check the address or the format."
        )
    return rows


def lines(stream: BinaryIO, count: int = 0) -> Iterator[tuple[int, bytes]]:
    """Line number (after ``count``) and line without its end, blank ones left out.

    A line over the cap comes cut at the cap.
    """
    while piece := stream.readline(LINE_CAP):
        count += 1
        rest = piece
        while len(rest) == LINE_CAP and not rest.endswith(b"\n"):
            rest = stream.readline(LINE_CAP)
        if line := piece.strip():
            yield count, line


def streamed(stream: BinaryIO, what: str) -> Iterator[tuple[int, Any]]:
    """Line number and object of a stream with one JSON object a line; damaged lines come as Damaged.

    A stream that turns out to be one document (a list, or over several lines) comes as one object on line 0.
    Raises BadInput in one sentence when there is nothing in it or a web page.
    """
    count, first = 0, b""
    while not first.strip():
        count += 1
        first = stream.readline(LINE_CAP)
        if not first:
            raise BadInput(f"The {what} answer is empty.", _EMPTY)
    start = first.removeprefix(b"\xef\xbb\xbf").strip()
    if start.startswith(b"<"):
        raise BadInput(f"This is a web page, not {what} data.", _WEB_PAGE)
    opening = _parsed(start)
    if isinstance(opening, Damaged) and (start[:1] == b"[" or start == b"{" or len(first) == LINE_CAP):
        return iter([(0, document(stream, what, first))])
    rest = ((number, _parsed(line)) for number, line in lines(stream, count))
    return itertools.chain([(count, opening)], rest)


def _parsed(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        apart = set_apart(line)
        return Damaged(line) if apart is None else apart


def listed(records: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Records of a document: lines mean nothing there."""
    return ((0, record) for record in records)


def batches(
    records: Iterable[tuple[int, Any]], understand: Understand, context: ReadContext
) -> Iterator[Batch]:
    """Run every record through ``understand`` and account for it once: fix, other or reject."""
    rows = _Rows()
    for number, (line, record) in enumerate(records, 1):
        try:
            if isinstance(record, Damaged):
                raise Unusable(record.field, record.reason)
            rows.add(number, understand(record, context))
        except Unusable as why:
            rows.batch.rejects.append(Reject(number, line, why.field, why.reason, excerpt(record)))
        if rows.full():
            yield rows.taken()
            rows = _Rows()
    if rows.any():
        yield rows.taken()


def excerpt(record: Any) -> str:
    """The start of a record as text, for the list of rejects."""
    raw = record[:_EXCERPT] if isinstance(record, bytes) else _dumped(record)
    return raw[:_EXCERPT].decode("utf-8", "replace")


def _dumped(record: Any) -> bytes:
    if isinstance(record, dict) and len(record) > 100:
        record = dict(list(record.items())[:100])
    try:
        return orjson.dumps(record)
    except (TypeError, ValueError, RecursionError):
        return b""


class _Rows:
    """A batch in the making, its fixes still in lists."""

    def __init__(self) -> None:
        self.batch = Batch()
        self.rows: list[tuple[Any, ...]] = []
        self.records: list[int] = []

    def add(self, number: int, heard: Heard) -> None:
        if heard.lat == heard.lat:
            if heard.lat == 0.0 and heard.lon == 0.0:
                heard.doubt |= Doubt.ZERO_ISLAND
            self.rows.append(_COLUMN_VALUES(heard))
            self.records.append(number)
        else:
            self.batch.others += 1
            if heard.cls == ContactClass.DISTRESS:
                heard.values |= unplaced_beacon(heard.key, heard.time, heard.cls, heard.status, number).values
        if heard.values:
            self.batch.identities.append(Identity(heard.key, heard.time, heard.cls, heard.values, number))

    def count(self) -> int:
        return len(self.records) + self.batch.others + len(self.batch.rejects)

    def full(self) -> bool:
        return self.count() >= BATCH

    def any(self) -> bool:
        return self.count() > 0

    def taken(self) -> Batch:
        if self.records:
            columns = dict(zip(_COLUMNS, zip(*self.rows, strict=True), strict=True))
            self.batch.fixes = Fixes.build(**columns, record=self.records)
        return self.batch
