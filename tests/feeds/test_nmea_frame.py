"""The frame of AIS sentences: the bad inputs 1 to 21 of the field, and whatever bytes a line may hold."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import joined
from sentences import NOW, T0, counts, parts, position, read, reasons, sentence, static, tagged

from maoc_tui.feeds import nmea
from maoc_tui.feeds.nmea_frame import checksum
from maoc_tui.feeds.source import ReadContext

GOOD = sentence(position())


def test_a_good_sentence_is_a_fix() -> None:
    batch = read([GOOD])
    assert counts(batch) == (1, 0, 0, 0)
    assert (batch.fixes.lat[0], batch.fixes.lon[0]) == pytest.approx((38.5, -9.5))
    assert batch.fixes.sog[0] == pytest.approx(10.1)
    assert (batch.fixes.record[0], batch.fixes.heading[0]) == (1, 270)


def test_1_wrong_checksum_is_dropped_and_named() -> None:
    wrong = GOOD[:-2] + f"{int(GOOD[-2:], 16) ^ 0x21:02X}"
    batch = read([wrong])
    assert counts(batch) == (0, 0, 0, 1)
    assert batch.rejects[0].field == "checksum"
    assert wrong[-2:] in batch.rejects[0].reason
    assert GOOD[-2:] in batch.rejects[0].reason
    assert batch.rejects[0].text == wrong


def test_2_missing_checksum_is_dropped() -> None:
    assert reasons(read([GOOD[:-3]])) == [("checksum", "missing: the sentence is cut or unprotected")]
    assert reasons(read([GOOD[:-1]])) == [("checksum", "not two hexadecimal digits")]


def test_3_lower_case_hexadecimal_is_taken() -> None:
    payload = next(
        p
        for p in (position(mmsi=263601890 + n) for n in range(50))
        if sentence(p)[-2:].lower() != sentence(p)[-2:]
    )
    text = sentence(payload)
    assert counts(read([text[:-2] + text[-2:].lower()])) == (1, 0, 0, 0)


@pytest.mark.parametrize("line", [f"  {GOOD}  ", f"{GOOD}\r", f"\t{GOOD}", f"{GOOD}\n\n\r\n"])
def test_4_blanks_and_line_ends_are_taken(line: str) -> None:
    assert counts(read(line.encode())) == (1, 0, 0, 0)


def test_5_sentences_glued_together_are_split() -> None:
    other = sentence(position(mmsi=255801234), channel="B")
    assert counts(read([GOOD + other])) == (2, 0, 0, 0)
    assert counts(read([tagged(GOOD, c=T0) + tagged(other, c=T0 + 1)])) == (2, 0, 0, 0)
    assert counts(read([GOOD[:20] + other])) == (1, 0, 0, 1)


@pytest.mark.parametrize("size", [1, 7, 64, 100])
def test_6_the_stream_may_be_cut_anywhere(size: int) -> None:
    lines = [sentence(position(mmsi=263000000 + n)) for n in range(20)] + parts(*static())
    data = "\r\n".join(lines).encode()

    class Trickle(io.BytesIO):
        def read1(self, _size: int | None = -1) -> bytes:
            return super().read(size)

    batch = joined(list(nmea.read(Trickle(data), ReadContext(NOW, NOW))))
    assert counts(batch) == (20, 2, 0, 0)
    assert batch.fixes.record.tolist() == list(range(1, 21))


def test_6_a_sentence_cut_by_a_line_end_is_one_reject() -> None:
    batch = read([GOOD[:25], GOOD[25:], GOOD])
    assert counts(batch) == (1, 0, 0, 1)
    assert batch.rejects[0].line == 1


def test_7_an_endless_line_is_capped_and_what_follows_is_read() -> None:
    endless = b"!AIVDM,1,1,,A," + b"1" * 3_000_000 + b"\r\n" + GOOD.encode() + b"\r\n"
    batch = read(endless)
    assert len(batch.fixes) == 1
    assert len(batch.rejects) == 1
    assert len(batch.rejects[0].text) <= 200


def test_7_glued_sentences_without_any_line_end_are_all_read() -> None:
    data = "".join(sentence(position(mmsi=263000000 + n)) for n in range(20_000)).encode()
    assert counts(read(data)) == (20_000, 0, 0, 0)


def test_8_binary_noise_is_one_reject_a_line() -> None:
    batch = read(b"\x00\xff\xfe\x80garbage\x07\n" + GOOD.encode() + b"\n\x1b]52;c;AAAA\x07\n")
    assert counts(batch) == (1, 0, 0, 2)
    assert reasons(batch) == [("line", "binary noise")] * 2
    assert [reject.line for reject in batch.rejects] == [1, 3]


def test_8_noise_before_a_sentence_does_not_cost_it() -> None:
    assert counts(read(b"\x00\xff\x81" + GOOD.encode() + b"\n")) == (1, 0, 0, 0)


@pytest.mark.parametrize("bad", ["~", "X", "x", "_", " ", "\x80"])
def test_9_illegal_armour_is_dropped(bad: str) -> None:
    payload = position()
    batch = read([sentence(payload[:5] + bad + payload[6:])])
    assert counts(batch) == (0, 0, 0, 1)
    assert batch.rejects[0].field == "payload"
    assert "illegal character" in batch.rejects[0].reason


def test_10_empty_payload_is_dropped() -> None:
    assert reasons(read([sentence("")])) == [("payload", "empty")]


@pytest.mark.parametrize("length", [1, 10, 15, 27, 29, 40])
def test_11_a_payload_of_the_wrong_length_is_dropped(length: int) -> None:
    text = sentence((position() + "0" * 20)[:length])
    assert reasons(read([text])) == [("payload", f"{6 * length} bits: a message of type 1 has 168")]


@pytest.mark.parametrize("fill", [6, 7, 9])
def test_12_more_than_five_fill_bits_are_dropped(fill: int) -> None:
    assert reasons(read([sentence(position(), fill)])) == [("fill", f"{fill} fill bits: 0 to 5 expected")]


@pytest.mark.parametrize("kind", [0, 28, 41, 63])
def test_13_and_14_types_that_do_not_exist_are_dropped(kind: int) -> None:
    assert reasons(read([sentence(position(kind=kind))])) == [("type", f"message type {kind} does not exist")]


@pytest.mark.parametrize("talker", ["BS", "AB", "SA", "AN", "WS", "BY", "SS", "--"])
def test_15_other_talkers_are_taken(talker: str) -> None:
    assert counts(read([sentence(position(), talker=f"{talker}VDM")])) == (1, 0, 0, 0)


def test_16_other_sentences_comments_and_blank_lines_are_no_records() -> None:
    lines = [
        "$GPGLL,5013.4693,N,00346.6503,W,035258,A,A*52",
        "$GPGSV,garbled",
        "$AITXT,01,01,91,FREQ*1A",
        "",
        "# a comment",
        "   ",
        "!AIABM,1,1,0,0,0,,0*00",
        "\\s:station*13\\",
        "# número 7",
    ]
    assert counts(read([*lines, GOOD])) == (1, 0, 0, 0)
    assert read(lines).read == 0


def test_17_and_18_a_tag_block_tells_time_in_seconds_or_milliseconds() -> None:
    assert read([tagged(GOOD, s="rX", c=T0)]).fixes.time[0] == T0 * 1000
    assert read([tagged(GOOD, s="rX", c=T0 * 1000 + 250)]).fixes.time[0] == T0 * 1000 + 250


def test_19_a_tag_block_with_a_wrong_checksum_tells_nothing_and_costs_nothing() -> None:
    batch = read([f"\\c:{T0}*00\\{GOOD}", f"\\c:{T0}\\{sentence(position(mmsi=255801234))}"])
    assert counts(batch) == (2, 0, 0, 0)
    assert batch.fixes.time.tolist() == [NOW, NOW]


def test_20_the_coast_guard_suffix_tells_time() -> None:
    batch = read([f"{GOOD},s1234,d-119,T12.34,S0042,r003669958,{T0}"])
    assert counts(batch) == (1, 0, 0, 0)
    assert batch.fixes.time[0] == T0 * 1000


def test_20_of_two_counts_in_a_suffix_the_first_is_the_time() -> None:
    suffix = ",d-089,S1832,t221320.00,T48.9,r003669945,1700000000,1699999941"
    assert read([GOOD + suffix]).fixes.time[0] == 1_700_000_000_000


def test_21_own_ship_is_taken() -> None:
    assert counts(read([sentence(position(), talker="AIVDO")])) == (1, 0, 0, 0)


def test_a_literal_backslash_after_the_checksum_costs_nothing() -> None:
    assert counts(read([GOOD + "\\x0d\\x0a"])) == (1, 0, 0, 0)


@given(st.binary(min_size=1, max_size=300))
def test_checksum_is_the_exclusive_or(body: bytes) -> None:
    total = 0
    for byte in body:
        total ^= byte
    assert checksum(body) == total


TOKENS = st.sampled_from(
    [
        GOOD,
        GOOD[:30],
        tagged(GOOD, c=T0, g="1-2-7"),
        *parts(*static()),
        "!AIVDM",
        "!AIVDM,",
        ",",
        "*",
        "\\",
        "!",
        "\r\n",
        "\n",
        "\r",
        "$GPRMC,",
        "\x00",
        "é",
        "\\g:1-2-3*00\\",
        "1700000000.5 ",
        "99999999999999999999",
        "*ZZ",
        "!AIVDM,9,9,,,w,5*",
    ]
)


@given(st.lists(st.one_of(TOKENS, st.text(max_size=8)), max_size=30))
def test_any_mixture_of_pieces_is_accounted_for(pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8")
    read(data)  # joined() checks the account and the ranges


@given(st.binary(max_size=2000))
def test_any_bytes_are_accounted_for(data: bytes) -> None:
    read(data)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=4), st.integers(0, 4))
def test_no_change_of_a_few_bytes_becomes_another_ship(changes: list[tuple[int, int]], which: int) -> None:
    text = bytearray(
        [GOOD, tagged(GOOD, c=T0), *parts(*static()), sentence(position(), talker="BSVDO")][which].encode()
    )
    for at, byte in changes:
        text[at % len(text)] = byte
    batch = read(bytes(text) + b"\n")
    changed = [n for n, _ in {at % len(text): byte for at, byte in changes}.items()]
    if len(changed) <= 1:
        assert set(batch.fixes.key.tolist()) <= {(1 << 40) | 263601890}


def test_every_sentence_counts_once_in_its_place() -> None:
    lines = [GOOD[:-3], "$GPGLL,x*00", GOOD, sentence(position(kind=0)), *parts(*static()), GOOD[:14]]
    batch = read(lines)
    assert batch.read == 6
    assert [(reject.record, reject.line) for reject in batch.rejects] == [(1, 1), (3, 4), (6, 7)]
