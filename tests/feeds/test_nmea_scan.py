"""The scan of whole blocks finds exactly what the reading of single lines finds."""

from __future__ import annotations

from dataclasses import fields, replace
from unittest.mock import patch

import numpy as np
import pytest
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


def blocked(body: str, given: str, shift: int) -> str:
    """A tag block; ``given`` says how its checksum is written, ``shift`` is added to it."""
    total = (int(summed(body), 16) + shift) % 256
    return f"\\{body}{given.format(total)}\\"


COUNTS = st.one_of(
    st.sampled_from(["", str(T0), f"+{T0}", f"{T0} ", "1_700_000_000", "1.7e9", "nan", "-1", "x", f":{T0}"]),
    st.sampled_from([631_152_000, 4_102_444_800]).map(str),
    st.integers(T0 - 2, T0 + 100).map(str),
    st.integers(T0 * 1000, (T0 + 100) * 1000).map(str),
    st.integers(631_151_999_999, 631_152_000_001).map(str),
    st.integers(4_102_444_799_999, 4_102_444_800_001).map(str),
    st.decimals(T0, T0 + 1, places=4).map(str),
    st.decimals(10**9 - 1, 10**9, places=8).map(str),
    st.decimals(T0 * 1000, T0 * 1000 + 1, places=4).map(str),
    st.integers().map(str),
)
ITEMS = st.one_of(
    COUNTS.map("c:{}".format),
    COUNTS.map("c:{}".format),
    st.sampled_from(
        [
            "s:rSTATION",
            "s:r2",
            "s:c",
            "n:7",
            "g:1-2-73",
            "g:2-2-73",
            "g:1-1-9",
            "g",
            "g:",
            "g:1",
            "c",
            "c:",
            "C:1",
        ]
    ),
    st.sampled_from(["cc:1", "", "t:a,c", "d:*", "i:!x", "i:\\x", "s:\xe9", "x c:1"]),
)
BLOCKS = st.builds(
    lambda items, given, shift: blocked(",".join(items), given, shift),
    st.lists(ITEMS, min_size=1, max_size=3),
    st.sampled_from(
        ["*{:02X}"] * 6 + ["*{:02x}", "*{:X}", "*{:03X}", "*0x{:02X}", "* {:02X}", "", "*", "*zz", "**{:02X}"]
    ),
    st.sampled_from([0] * 8 + [1, 16]),
)
TAGGED = st.builds(
    lambda before, blocks, between, text, after: f"{before}{''.join(blocks)}{between}{text}{after}",
    st.sampled_from(["", "", "", f"{T0 + 5} ", " ", "x", "*", "\\", "!"]),
    st.one_of(st.lists(BLOCKS, min_size=1, max_size=1), st.lists(BLOCKS, max_size=2)),
    st.sampled_from(["", "", "", " ", "x", "\\"]),
    st.one_of(
        st.integers(263_000_000, 263_000_005).map(lambda mmsi: sentence(position(mmsi=mmsi))),
        st.sampled_from([*parts(*static()), GOOD, GOOD[:-1], GOOD[:-2] + "zz", "", "!AIVDM,1,1,,\n,1,0*00"]),
    ),
    st.sampled_from(["", "", f",rSTATION,{T0 + 9}", " ", "*", "*00", "\\", GOOD]),
)
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
    TAGGED,
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_any_log_reads_the_same_with_and_without_the_scan(lines: list[str], end: str) -> None:
    data = end.join(lines).encode("latin-1")
    same(read(data), line_by_line(data))


@given(st.binary(max_size=300))
def test_any_bytes_read_the_same_with_and_without_the_scan(noise: bytes) -> None:
    data = GOOD.encode() + noise + b"\n" + GOOD.encode()
    same(read(data), line_by_line(data))


@given(st.lists(TAGGED, max_size=12))
def test_any_tag_blocks_read_the_same_with_and_without_the_scan(lines: list[str]) -> None:
    data = "\n".join(lines).encode("latin-1")
    same(read(data), line_by_line(data))


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_any_count_in_a_tag_block_is_the_time_it_is_line_by_line(counts: list[str]) -> None:
    lines = [tagged(sentence(position(mmsi=263_000_000 + n)), c=c, s="r1") for n, c in enumerate(counts)]
    data = "\n".join(lines).encode("latin-1")
    same(read(data), line_by_line(data))


def test_the_scan_finds_what_is_plain() -> None:
    lines = [GOOD, f"{T0} {GOOD}", GOOD[:-1], *parts(*static()), f"{GOOD},rX,{T0}"]
    found = _SCAN("".join(f"{line}\n" for line in lines).encode())
    assert found.plain.tolist() == [True, True, False, False, False, True]
    assert found.bare.tolist()[:2] == [True, False]
    assert found.ms.tolist()[:2] == [-1, T0 * 1000]


@pytest.mark.parametrize(
    ("before", "ms"),
    [
        (blocked(f"c:{T0}", "*{:02X}", 0), T0 * 1000),
        (blocked(f"s:rSTATION,c:{T0}", "*{:02x}", 0), T0 * 1000),
        (blocked(f"n:1,c:{T0}123,s:rSTATION", "*{:02X}", 0), T0 * 1000 + 123),
        (blocked(f"c:{T0}.5", "*{:02X}", 0), T0 * 1000 + 500),
        (f"{T0 + 9} " + blocked(f"c:{T0}", "*{:02X}", 0), T0 * 1000),
        (blocked(f"c:{T0}", "*{:02X}", 1), -1),
        (blocked(f"c:{T0}", "", 0), -1),
        (blocked(f"g:1-2-7,c:{T0}", "*{:02X}", 0), -1),
        (blocked("s:rSTATION", "*{:02X}", 0), -1),
        (blocked(f"c:{T0},c:{T0}", "*{:02X}", 0), -1),
        (blocked(f"c:{T0},c", "*{:02X}", 0), -1),
        (blocked("c:4102444801", "*{:02X}", 0), -1),
    ],
)
def test_the_scan_reads_the_time_of_a_plain_tag_block(before: str, ms: int) -> None:
    found = _SCAN(f"{before}{GOOD}\n".encode())
    assert found.plain.tolist() == [True]
    assert found.ms.tolist() == [ms]


@pytest.mark.parametrize(
    "lines",
    [
        [tagged(GOOD, c="4076854193.7825001"), tagged(GOOD, c="902193746.2614999")],
        ["4076854193.7825001 " + GOOD, "902193746.2614999 " + GOOD],
        [blocked(f"c:{T0}", "*{:02X}x", 0) + GOOD, blocked(f"c:{T0}", "*{:02X} ", 0) + GOOD],
        [framed(f"AIVDM,1,1,,\n,{position()},0"), tagged(framed(f"AIVDM,1,1,,\n,{position()},0"), c=T0)],
        [tagged(GOOD, g="1-2-7", c=T0), tagged(GOOD, g="2-2-7", s="r1"), GOOD],
        [blocked(f"c:{T0}", "*{:02X}", 0), GOOD, tagged(GOOD, s="r1"), f"{T0 + 60} {GOOD}"],
    ],
)
def test_what_only_looks_plain_reads_the_same_with_and_without_the_scan(lines: list[str]) -> None:
    data = "\n".join(lines).encode("latin-1")
    same(read(data), line_by_line(data))


@pytest.mark.parametrize("body", [f"c:{T0}", f"g:1-2-7,c:{T0}", "s:r1"])
def test_a_tag_block_twice_or_apart_from_its_sentence_is_left_to_the_line_reader(body: str) -> None:
    block = blocked(body, "*{:02X}", 0)
    found = _SCAN(f"{block}{block}{GOOD}\n{block} {GOOD}\n{GOOD}{block}\n".encode())
    assert found.plain.tolist() == [False] * 3
