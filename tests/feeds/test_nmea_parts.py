"""Messages of several sentences: the bad inputs 22 to 30, and the same transmission heard twice."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import joined
from sentences import (
    NOW,
    T0,
    Bits,
    counts,
    parts,
    position,
    read,
    reasons,
    sentence,
    stamped,
    static,
    tagged,
)

from maoc_tui.feeds import nmea
from maoc_tui.feeds.source import ReadContext

ONE, TWO = parts(*static())


def names(batch) -> list[object]:
    return [identity.values.get("name") for identity in batch.identities]


def test_22_parts_in_order() -> None:
    batch = read(stamped(ONE, TWO))
    assert counts(batch) == (0, 2, 0, 0)
    assert batch.identities[0].values == {
        "name": "SANTA MARIA",
        "call_sign": "CSAB1",
        "imo": 9074729,
        "ship_type": 30,
        "length_m": 30.0,
        "beam_m": 8.0,
        "draught_m": 4.5,
        "destination": "SINES",
        "eta": "11-22 06:30",
    }
    assert (batch.identities[0].record, batch.identities[0].time) == (2, T0 * 1000)


def test_23_parts_reversed() -> None:
    assert names(read(stamped(TWO, ONE))) == ["SANTA MARIA"]


def test_24_another_sentence_between_the_parts() -> None:
    batch = read(stamped(ONE, sentence(position()), TWO))
    assert counts(batch) == (1, 2, 0, 0)
    assert names(batch) == ["SANTA MARIA"]


def test_25_a_lost_second_part_then_the_same_number_again() -> None:
    other = parts(*static(mmsi=255801234, name="OTHER"))
    batch = read(stamped(ONE, *other))
    assert names(batch) == ["OTHER"]
    assert counts(batch) == (0, 2, 0, 1)
    assert reasons(batch) == [("part", "part 2 of 2 never came")]
    assert batch.rejects[0].record == 1


def test_26_the_other_channel_is_another_message() -> None:
    wrong = sentence(static()[0][56:], 2, total=2, number=2, seq="3", channel="B")
    batch = read(stamped(ONE, wrong))
    assert reasons(batch) == [("part", "part 2 of 2 never came"), ("part", "part 1 of 2 never came")]
    assert not batch.identities


@pytest.mark.parametrize(("seconds", "whole"), [(59, True), (61, False), (600, False)])
def test_27_a_part_that_comes_too_late_belongs_to_nothing(seconds: int, whole: bool) -> None:
    batch = read(stamped(ONE, TWO, step=seconds))
    assert bool(batch.identities) is whole
    assert len(batch.rejects) == (0 if whole else 2)


def test_27_without_any_time_a_part_expires_by_the_sentences_between() -> None:
    between = [sentence(position(mmsi=263000000 + n)) for n in range(2100)]
    batch = read([ONE, *between, TWO])
    assert counts(batch) == (2100, 0, 0, 2)


def test_28_an_orphan_is_a_reject_with_what_is_missing() -> None:
    payload = "8" + "0" * 100
    three = [sentence(payload[n * 30 :][:30], total=3, number=n + 1, seq="1") for n in range(3)]
    assert reasons(read([three[1]])) == [("part", "parts 1, 3 of 3 never came")]
    assert reasons(read([TWO])) == [("part", "part 1 of 2 never came")]


def test_29_and_30_impossible_part_numbers() -> None:
    payload = position()
    lines = [
        sentence(payload, total=total, number=number) for total, number in ((2, 3), (0, 1), (99, 1), (1, 0))
    ]
    assert [reason for _, reason in reasons(read(lines))] == [
        "part 3 of 2",
        "part 1 of 0: parts are numbered 1 to 9",
        "part 1 of 99: parts are numbered 1 to 9",
        "part 0 of 1: parts are numbered 1 to 9",
    ]


def test_two_stations_that_use_the_same_number_are_kept_apart() -> None:
    here, there = parts(*static(name="HERE")), parts(*static(mmsi=255801234, name="THERE"))
    lines = [
        tagged(text, s=s, c=T0)
        for text, s in zip((here[0], there[0], here[1], there[1]), "ABAB", strict=True)
    ]
    assert sorted(names(read(lines))) == ["HERE", "THERE"]


def test_later_lines_of_a_group_inherit_its_time_and_station() -> None:
    lines = [
        tagged(ONE, g="1-2-73", s="rX", c=T0),
        tagged(sentence(position()), s="rY", c=T0 + 9),
        tagged(TWO, g="2-2-73"),
    ]
    batch = read(lines)
    assert names(batch) == ["SANTA MARIA"]
    assert batch.identities[0].time == T0 * 1000


def test_fill_bits_inside_a_message_refuse_all_of_it() -> None:
    payload, fill = static()
    lines = [
        sentence(payload[:56], 2, total=2, number=1, seq="3"),
        sentence(payload[56:], fill, total=2, number=2, seq="3"),
    ]
    assert reasons(read(lines)) == [("fill", "fill bits inside a message")] * 2


def test_the_same_transmission_through_two_stations_is_one_fix() -> None:
    text = position()
    lines = [
        f"{T0}.1 {sentence(text, talker='AIVDM')}",
        f"{T0}.2 {sentence(text, talker='ABVDM', channel='B')}",
        f"{T0 + 2} {sentence(text, talker='BSVDM')}",
        f"{T0 + 9} {sentence(text, talker='BSVDM')}",
    ]
    assert counts(read(lines)) == (2, 0, 2, 0)


def test_every_part_of_a_doubled_message_is_a_duplicate() -> None:
    echo = parts(*static(), talker="ABVDM")
    assert counts(read(stamped(ONE, TWO, *echo, step=0.2))) == (0, 2, 2, 0)
    mixed = stamped(ONE, ONE, TWO, TWO, step=0.2)
    assert counts(read(mixed)) == (0, 2, 2, 0)


def test_a_refused_message_refuses_each_of_its_parts() -> None:
    payload, fill = Bits().put(5, 6).put(0, 200).payload()
    batch = read(parts(payload, fill, cut=20))
    assert counts(batch) == (0, 0, 0, 2)
    assert [reject.record for reject in batch.rejects] == [1, 2]


def test_an_unchanged_identity_is_told_again_after_an_hour() -> None:
    six_minutes = [line for n in range(21) for line in (f"{T0 + n * 360} {ONE}", f"{T0 + n * 360}.5 {TWO}")]
    batch = read(six_minutes)
    assert [identity.time // 1000 - T0 for identity in batch.identities] == [0, 3600, 7200]
    assert counts(batch) == (0, 42, 0, 0)


def test_a_changed_identity_is_told_at_once() -> None:
    lines = [*stamped(*parts(*static())), *stamped(*parts(*static(name="NEW NAME")), start=T0 + 20)]
    assert names(read(lines)) == ["SANTA MARIA", "NEW NAME"]


@given(st.permutations(range(6)), st.integers(0, 3))
def test_parts_of_three_messages_in_any_order_make_three_messages(order: list[int], echo: int) -> None:
    pool = list(
        itertools.chain.from_iterable(
            parts(*static(mmsi=263000001 + n, name=f"SHIP {n}"), seq=str(n)) for n in range(3)
        )
    )
    lines = [pool[n] for n in order]
    batch = read(stamped(*lines, *lines[:echo], step=0.1))
    assert sorted(map(str, names(batch))) == ["SHIP 0", "SHIP 1", "SHIP 2"]
    assert counts(batch) == (0, 6, echo, 0)


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from("012"), st.integers(-100, 100)),
        max_size=40,
    )
)
def test_any_heap_of_parts_is_accounted_for(heap: list[tuple[int, int, str, int]]) -> None:
    payload = static()[0]
    lines = [f"{T0 + s} {sentence(payload[n : n + 20], total=t, number=n, seq=q)}" for t, n, q, s in heap]
    assert read(lines).read == len(heap)


def test_one_station_with_a_wrong_clock_costs_no_message_at_a_block_end() -> None:
    reader = nmea.NmeaReader(ReadContext(NOW, NOW))
    wrong = f"{T0 - 86_400} {sentence(position())}"
    blocks = [f"{T0} {ONE}\n{wrong}\n", f"{T0 + 1} {TWO}\n"]
    batch = joined([reader.block(block.encode()) for block in blocks])
    assert counts(batch) == (1, 2, 0, 0)


def test_a_part_nobody_completes_is_given_up_while_the_log_goes_on() -> None:
    reader = nmea.NmeaReader(ReadContext(NOW, NOW))
    later = [f"{T0 + n} {sentence(position(mmsi=263000000 + n))}\n" for n in range(200)]
    batch = reader.block("".join([f"{T0} {ONE}\n", *later]).encode())
    assert reasons(batch) == [("part", "part 2 of 2 never came")]
