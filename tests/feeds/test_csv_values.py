"""Cells and rows of any content: numbers and times as Python reads them, every row accounted for."""

from __future__ import annotations

import csv as standard_csv
import io
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import AISDK, GIBRALTAR, MOMENTS, OLD, only, read

from maoc_tui.feeds import columns, csv_rows


@given(
    st.lists(
        st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-(10**9), 10**9), min_size=1
    )
)
def test_plain_numbers_are_read_as_python_reads_them(numbers: list[float]) -> None:
    from maoc_tui.feeds.csv_values import numbers as read_numbers

    found, bad = read_numbers(columns.Column.of([repr(number).encode() for number in numbers]))
    assert not bad.any()
    assert found.tolist() == pytest.approx([float(number) for number in numbers], rel=1e-14, abs=0)


@given(st.lists(st.binary(max_size=24), min_size=1, max_size=20))
def test_any_cell_is_a_number_a_blank_or_bad(cells: list[bytes]) -> None:
    from maoc_tui.feeds import csv_values

    column = columns.Column.of(cells)
    found, bad = csv_values.numbers(column)
    whole, none = csv_values.integers(column)
    for at, cell in enumerate(cells):
        try:
            expected = float(cell.replace(b",", b".")) if cell.strip() else math.nan
        except ValueError:
            expected = None
        if not bad[at] and not math.isnan(found[at]):
            assert expected == pytest.approx(found[at], rel=1e-14)
        if not none[at] and whole[at] >= 0:
            assert expected == whole[at]
    csv_values.times(column)


@given(MOMENTS, st.sampled_from("T "))
def test_written_times_are_read_as_python_reads_them(moment: datetime, between: str) -> None:
    written = moment.isoformat(between, "milliseconds")
    expected = round(
        moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC).timestamp() * 1000
    )
    assert only(BaseDateTime=written).fixes.time.tolist() == [expected]


CELLS = st.one_of(
    st.sampled_from(["", "38.5", "NULL", '"', '"x"', "511", "2022-01-03T00:00:00", "-", "\x00", "é"]),
    st.text(max_size=6),
)


@given(st.lists(st.lists(CELLS, max_size=19), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_any_rows_are_accounted_for(rows: list[list[str]], end: str) -> None:
    read((OLD + end + end.join(",".join(cells) for cells in rows)).encode("utf-8"), "marinecadastre")


@given(
    st.binary(max_size=600),
    st.sampled_from(["marinecadastre", "aisdk", "marinetraffic-csv", "opensky-csv", "track-text"]),
)
def test_any_bytes_after_a_header_are_accounted_for(body: bytes, name: str) -> None:
    headers = {
        "marinecadastre": OLD,
        "aisdk": AISDK,
        "marinetraffic-csv": GIBRALTAR,
        "track-text": "1 23.5 38.0 1722470412",
    }
    header = headers.get(
        name, "time,icao24,lat,lon,velocity,heading,callsign,onground,squawk,baroaltitude,lastposupdate"
    )
    read(header.encode() + b"\n" + body, name)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=8),
            min_size=3,
            max_size=3,
        )
    )
)
def test_quoted_rows_are_cut_as_the_standard_library_cuts_them(rows: list[list[str]]) -> None:
    out = io.StringIO()
    standard_csv.writer(out, lineterminator="\n").writerows(rows)
    body = out.getvalue().encode()
    found = csv_rows.split(body, 1, b",", 3)
    cut = sorted(
        (int(line), [column[at] for column in part.columns])
        for part in (found.plain, found.mended)
        for at, line in enumerate(part.lines)
    )
    assert [[cell.decode() for cell in cells] for _, cells in cut] == rows
    assert not found.faults
