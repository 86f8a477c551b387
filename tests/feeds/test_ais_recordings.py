"""The recorded logs: every sentence counted, every position as pyais reads it."""

from __future__ import annotations

import orjson
import pytest
from pyais.bit_vector import bit_vector
from pyais.messages import MSG_CLASS
from reading import joined, recorded, sample
from sentences import ARMOUR, position, read, reasons, sentence

from maoc_tui.domain.contacts import Doubt, number_of
from maoc_tui.feeds import ais_decode
from maoc_tui.feeds.ais_fixes import Positions


@recorded
def test_the_recorded_examples_of_every_type_agree() -> None:
    lines = sample("ais_nmea/type_examples.nmea").decode().splitlines()
    expected = [orjson.loads(line) for line in sample("ais_nmea/type_examples_decoded.json").splitlines()]
    batch = read(lines)
    assert (batch.read, len(batch.fixes)) == (26, 5)
    by_mmsi = {row["mmsi"]: row for row in expected if row["type"] in ais_decode.LAYOUTS}
    for row in range(len(batch.fixes)):
        theirs = by_mmsi[number_of(int(batch.fixes.key[row]))]
        assert batch.fixes.lat[row] == pytest.approx(theirs["lat"], abs=1e-5)
        assert batch.fixes.lon[row] == pytest.approx(theirs["lon"], abs=1e-5)


@recorded
@pytest.mark.parametrize(
    ("name", "records", "lost"),
    [
        ("channel_20110726.nmea", 18_124, 0),
        ("danish_20131112_a.nmea", 13_106, 0),
        ("epoch_prefixed_20160110.ais", 10_000, 72),
        ("all_types_gpsd.aivdm", 133, None),
        ("tagblock_groups.nmea", 5, 0),
    ],
)
def test_every_sentence_of_the_recordings_is_counted(name: str, records: int, lost: int | None) -> None:
    batch = read(sample(f"ais_nmea/{name}"))
    assert batch.read == records
    if lost is not None:
        assert reasons(batch) == [("part", "part 2 of 2 never came")] * lost


@recorded
@pytest.mark.parametrize(
    "name", ["channel_20110726.nmea", "danish_20131112_a.nmea", "epoch_prefixed_20160110.ais"]
)
def test_recorded_positions_equal_those_of_pyais(name: str) -> None:
    lines = [line[line.index(b"!") :] for line in sample(f"ais_nmea/{name}").splitlines() if b"VD" in line]
    checked = 0
    for kind in ais_decode.LAYOUTS:
        payloads = [
            f[5]
            for f in (line.split(b",") for line in lines)
            if f[1] == b"1" and f[5][:1] == ARMOUR[kind].encode()
        ]
        payloads = [p for p in payloads[:3000] if 6 * len(p) >= ais_decode.LENGTHS[kind][0]]
        if not payloads:
            continue
        found = Positions(kind, payloads)
        for row, payload in enumerate(payloads[::7]):
            message = MSG_CLASS[kind].from_vector(bit_vector(payload, 0))
            assert found.raw["mmsi"][row * 7] == int(message.mmsi)
            assert (found.lat[row * 7], found.lon[row * 7]) == pytest.approx(
                (message.lat, message.lon), abs=1e-5
            )
            checked += 1
    assert checked > 500


@recorded
def test_the_yacht_log_takes_its_time_from_the_own_position() -> None:
    fixes = read(sample("ais_nmea/channel_20110726.nmea")).fixes
    assert not (fixes.doubt & int(Doubt.ARRIVAL_TIME)).any()
    day = (fixes.time >= 1_311_638_400_000) & (fixes.time < 1_311_638_400_000 + 86_400_000)
    assert (~day).sum() == 1, "one line of another log, with its own suffix, stands in this one"
    assert len(set(fixes.key.tolist())) == 123


def test_batches_stay_small_however_long_the_log() -> None:
    import io

    from maoc_tui.feeds import nmea
    from maoc_tui.feeds.source import ReadContext

    data = "".join(f"{sentence(position(mmsi=263000000 + n))}\n" for n in range(30_000)).encode()
    batches = list(nmea.read(io.BytesIO(data), ReadContext(1, 2_000_000_000_000)))
    assert max(batch.read for batch in batches) <= 20_000
    assert joined(batches).read == 30_000
