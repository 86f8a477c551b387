"""The JSON formats of aircraft: own receivers, the v2 services and OpenSky, recognised by their lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from maoc_tui.domain.reports import Batch
from maoc_tui.domain.text import printable
from maoc_tui.feeds.aircraft_json import aircraft, snapshot_ms, state_vector
from maoc_tui.feeds.json_document import Heard, Refusal, batches, document, listed, members
from maoc_tui.feeds.json_values import Unusable, clock_ms, text
from maoc_tui.feeds.source import Format, ReadContext
from maoc_tui.problems import BadInput

_LIST = {key: re.compile(rb'"%s"\s*:\s*(\[|null)' % key) for key in (b"aircraft", b"ac", b"states")}


def _holds(key: bytes, head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and bool(_LIST[key].search(head))


def _snapshot(stream: BinaryIO, context: ReadContext, key: str, what: str) -> Iterator[Batch]:
    answer = document(stream, what)
    message = text(answer.get("msg")) if isinstance(answer, dict) else ""
    if message and message != "No error" and not answer.get(key):
        raise Refusal(f"The service refused: {printable(message, 120)}.", "Check the address and its limits.")
    rows = members(answer, key, what)
    now_ms = _document_ms(snapshot_ms, answer.get("now"), what)

    def understand(record: Any, clocks: ReadContext) -> Heard:
        return aircraft(record, clocks, now_ms)

    return batches(listed(rows), understand, context)


def _document_ms(convert: Any, value: Any, what: str) -> int | None:
    """The document's own time; BadInput when it is written but no time, since every position hangs on it."""
    try:
        ms: int | None = convert(value)
    except Unusable as why:
        raise BadInput(
            f"The {what} document's time is {why.reason}.", "Fetch it again; nothing was taken."
        ) from None
    return ms


def _readsb(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    return _snapshot(stream, context, "aircraft", "aircraft.json")


def _v2(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    return _snapshot(stream, context, "ac", "aircraft v2")


def _opensky(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    answer = document(stream, "OpenSky")
    rows = members(answer, "states", "OpenSky")
    received = _document_ms(clock_ms, answer.get("time"), "OpenSky")
    clocks = ReadContext(context.received_ms if received is None else received, context.now_ms)
    return batches(listed(rows), state_vector, clocks)


FORMATS = (
    Format(
        "readsb", "readsb, tar1090, dump1090 (aircraft.json)", lambda head: _holds(b"aircraft", head), _readsb
    ),
    Format("v2", "Aircraft services, version 2 (JSON)", lambda head: _holds(b"ac", head), _v2),
    Format("opensky", "OpenSky state vectors (JSON)", lambda head: _holds(b"states", head), _opensky),
)
