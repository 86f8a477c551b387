"""AISHub's answer: a list of two, header and records, in AIS units (format 0) or human units (format 1).

The service refuses with HTTP status 200, as a header with ERROR set or as an empty body.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from maoc_tui.domain.reports import Batch
from maoc_tui.domain.text import printable
from maoc_tui.feeds.json_ais import MOST_KNOTS, heard, identity, mapping, packed_eta, place, size
from maoc_tui.feeds.json_document import Heard, Refusal, batches, document, listed
from maoc_tui.feeds.json_values import circle, clock_ms, nav_status, number, text, within, written_ms
from maoc_tui.feeds.source import ReadContext
from maoc_tui.problems import BadInput

_PER_DEGREE = 600_000
_WAY_OUT = "Ask at most once a minute, with a valid user name."


def read(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    """Batches of an AISHub answer; Refusal when the service says no, BadInput when it is something else."""
    head = stream.read(64)
    if not head.strip():
        raise Refusal("The AISHub answer is empty, which is how it refuses at times.", _WAY_OUT)
    answer = document(stream, "AISHub", head)
    if not isinstance(answer, list) or not answer or not isinstance(answer[0], dict) or len(answer) > 2:
        raise BadInput("This is not an AISHub answer.", "Check the address and the output=json parameter.")
    header, rows = answer[0], answer[1] if len(answer) == 2 else []
    if header.get("ERROR"):
        reason = printable(text(header.get("ERROR_MESSAGE")), 120) or "no reason given"
        raise Refusal(f"AISHub refused: {reason.rstrip('.!')}.", _WAY_OUT)
    if not isinstance(rows, list):
        raise BadInput("This is not an AISHub answer: the second part is no list.", "Fetch it again.")
    raw = header.get("FORMAT") == "AIS"
    return batches(listed(rows), _in_ais_units if raw else _in_human_units, context)


def _in_ais_units(record: Any, context: ReadContext) -> Heard:
    """Format 0: 1/600,000 degree, tenths of knots, degrees and metres; TIME is unix seconds as text."""
    row = mapping(record)
    report = heard(row.get("MMSI"), clock_ms(row.get("TIME")), context)
    place(report, _degrees(row.get("LATITUDE")), _degrees(row.get("LONGITUDE")), row.get("PAC"))
    report.sog = within(number(row.get("SOG")) / 10, 0.0, MOST_KNOTS)
    report.cog = circle(number(row.get("COG")) / 10)
    return _rest(report, row, number(row.get("DRAUGHT")) / 10, packed_eta(row.get("ETA")))


def _in_human_units(record: Any, context: ReadContext) -> Heard:
    """Format 1: degrees, knots, metres; TIME is written out, in GMT."""
    row = mapping(record)
    report = heard(row.get("MMSI"), written_ms(row.get("TIME")), context)
    place(report, row.get("LATITUDE"), row.get("LONGITUDE"), row.get("PAC"))
    report.sog = within(row.get("SOG"), 0.0, MOST_KNOTS)
    report.cog = circle(row.get("COG"))
    return _rest(report, row, number(row.get("DRAUGHT")), _written_eta(row.get("ETA")))


def _degrees(value: Any) -> Any:
    """Degrees of a count of 1/600,000 degree; what is no number stays what it is, to be refused by name."""
    count = number(value)
    return count / _PER_DEGREE if count == count else value


def _rest(report: Heard, row: dict[str, Any], draught_m: float, eta: str) -> Heard:
    report.heading = circle(row.get("HEADING"))
    report.status = nav_status(row.get("NAVSTAT"))
    report.values = identity(
        name=row.get("NAME"), call_sign=row.get("CALLSIGN"), destination=row.get("DEST"), imo=row.get("IMO"),
        ship_type=row.get("TYPE"), draught_m=draught_m, eta=eta,
    )  # fmt: skip
    report.values |= size(row.get("A"), row.get("B"), row.get("C"), row.get("D"))
    return report


def _written_eta(value: Any) -> str:
    """``MM-DD HH:MM`` as written; '' for the zero date that stands for none."""
    eta = text(value)
    return "" if eta.startswith(("00-", "0-")) or eta[2:5] == "-00" else eta
