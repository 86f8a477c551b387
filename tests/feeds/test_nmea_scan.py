"""The scan of whole blocks finds exactly what the reading of single lines finds."""

from __future__ import annotations

from dataclasses import fields, replace
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sentences import ARMOUR, T0, parts, position, read, sentence, static, summed, tagged

from maoc_tui.domain.reports import Batch, Fixes
from maoc_tui.feeds import nmea_scan

_SCAN = nmea_scan.scan
GOOD = sentence(position())


def line_by_line(data: bytes) -> Batch:
    """The log read without the help of the scan."""

    def none(block: bytes) -> nmea_scan.Scan:
        found = _SCAN(block)
        return replace(found, plain=np.zeros_like(found.plain))

    with patch.object(nmea_scan, "scan", none):
        return read(data)


def same(one: Batch, two: Batch) -> None:
    """The two accounts are equal, record by record."""
    for field in fields(Fixes):
        np.testing.assert_array_equal(getattr(one.fixes, field.name), getattr(two.fixes, field.name))
    assert one.identities == two.identities
    assert one.rejects == two.rejects
    assert (one.others, one.duplicates) == (two.others, two.duplicates)


def framed(body: str) -> str:
    return f"!{body}*{summed(body)}"


LINES = st.one_of(
    st.sampled_from(
        [
            GOOD,
            tagged(GOOD, c=T0),
            *parts(*static()),
            sentence(position(kind=0)),
            "$GPGLL,x*00",
            "",
            "noise\x07",
        ]
    ),
    st.builds(
        lambda mmsi, before, after, tail: f"{before}{sentence(position(mmsi=mmsi))}{after}{tail}",
        st.integers(263_000_000, 263_000_005),
        st.sampled_from(
            ["", f"{T0} ", f"{T0}.5 ", f"{T0 * 1000} ", f"{T0},", "12 ", f" {T0} ", "2024-01-01 00:00 ", "x"]
        ),
        st.sampled_from(["", " ", f",rSTATION,{T0}", "A", ",", GOOD, "*", "\\"]),
        st.sampled_from(["", "\r"]),
    ),
    st.builds(
        lambda *cells: framed(",".join(cells)),
        st.sampled_from(["AIVDM", "aivdm", "--VDO", "AIVDX", "AVDM", "AIIVDM", "\x01\x02VDM"]),
        st.sampled_from(["1", "2", "", "11", "x"]),
        st.sampled_from(["1", "2", ""]),
        st.sampled_from(["", "3", "33", "x"]),
        st.sampled_from(["A", "", "AB", "*"]),
        st.sampled_from([position(), "", "x", position()[:20], "~" * 28]) | st.text(ARMOUR, max_size=70),
        st.sampled_from(["0", "2", "5", "6", "", "00"]),
    ),
    st.text(st.sampled_from("!*,\\AIVDM1W0 "), max_size=40),
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_any_log_reads_the_same_with_and_without_the_scan(lines: list[str], end: str) -> None:
    data = end.join(lines).encode("latin-1")
    same(read(data), line_by_line(data))


@given(st.binary(max_size=300))
def test_any_bytes_read_the_same_with_and_without_the_scan(noise: bytes) -> None:
    data = GOOD.encode() + noise + b"\n" + GOOD.encode()
    same(read(data), line_by_line(data))


def test_the_scan_finds_what_is_plain() -> None:
    lines = [GOOD, f"{T0} {GOOD}", tagged(GOOD, c=T0), GOOD[:-1], *parts(*static()), f"{GOOD},rX,{T0}"]
    found = _SCAN("".join(f"{line}\n" for line in lines).encode())
    assert found.plain.tolist() == [True, True, False, False, False, False, True]
    assert found.bare.tolist()[:2] == [True, False]
    assert found.ms.tolist()[:2] == [-1, T0 * 1000]
