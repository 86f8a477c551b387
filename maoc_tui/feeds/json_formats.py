"""The JSON formats of ships: recognised by their keys, read as whole documents or line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from maoc_tui.domain.reports import Batch
from maoc_tui.feeds import json_ais, json_aiscatcher, json_aishub
from maoc_tui.feeds.json_document import batches, document, listed, members, streamed
from maoc_tui.feeds.source import Format, ReadContext


def has(head: bytes, *keys: str) -> bool:
    """True when the head is JSON and holds every one of the keys."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start in (b"{", b"[") and all(re.search(rb'"%s"\s*:' % key.encode(), head) for key in keys)


def _digitraffic_like(head: bytes) -> bool:
    collection = has(head, "features") and (has(head, "timestampExternal") or has(head, "dataUpdatedTime"))
    metadata = has(head, "mmsi", "referencePointA", "callSign") and head.lstrip()[:1] in (b"[", b"{")
    return collection or metadata


def _digitraffic(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    answer = document(stream, "Digitraffic")
    if isinstance(answer, list):
        return batches(listed(answer), json_ais.digitraffic_vessel, context)
    if isinstance(answer, dict) and "referencePointA" in answer:
        return batches(listed([answer]), json_ais.digitraffic_vessel, context)
    return batches(listed(members(answer, "features", "Digitraffic")), json_ais.digitraffic_location, context)


def _receiver(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    features = members(document(stream, "receiver snapshot"), "features", "receiver snapshot")
    return batches(listed(features), json_ais.receiver, context)


def _barentswatch(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    return batches(_apart(streamed(stream, "BarentsWatch")), json_ais.barentswatch, context)


def _aisstream(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    return batches(_apart(streamed(stream, "aisstream")), json_ais.aisstream, context)


def _apart(rows: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """One object a line; a whole list (the 'latest' answer) comes as one line and is taken apart."""
    return ((line, item) for line, row in rows for item in (row if isinstance(row, list) else [row]))


def _aiscatcher(head: bytes) -> bool:
    return has(head, "class", "rxuxtime") or has(head, "ships", "station", "count")


FORMATS = (
    Format("digitraffic", "Digitraffic marine AIS (JSON)", _digitraffic_like, _digitraffic),
    Format("aishub", "AISHub (JSON)", lambda head: has(head, "ERROR", "USERNAME"), json_aishub.read),
    Format(
        "receiver", "Shore receiver snapshot (GeoJSON)", lambda head: has(head, "features", "dtg"), _receiver
    ),
    Format(
        "barentswatch",
        "BarentsWatch AIS (JSON lines)",
        lambda head: has(head, "msgtime", "mmsi"),
        _barentswatch,
    ),
    Format(
        "aisstream",
        "aisstream.io (JSON lines)",
        lambda head: has(head, "MessageType", "MetaData"),
        _aisstream,
    ),
    Format("ais-catcher", "AIS-catcher receiver (JSON)", _aiscatcher, json_aiscatcher.read),
)
