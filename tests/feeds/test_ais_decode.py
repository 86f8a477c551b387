"""The column decoder against pyais, bit for bit; and the values of the field, cases 31 to 50."""

from __future__ import annotations

import math

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyais.bit_vector import bit_vector
from pyais.messages import MSG_CLASS
from reading import joined, recorded, sample
from sentences import ARMOUR, T0, Bits, counts, parts, position, read, reasons, sentence, static

from maoc_tui.domain.contacts import ContactClass, Doubt, number_of
from maoc_tui.feeds import ais_decode, ais_static
from maoc_tui.feeds.ais_fixes import Positions, contact_class
from maoc_tui.feeds.stations import station

_PYAIS = {"cog": "course", "sog": "speed", "altitude": "alt"}


def payloads_of(kind: int) -> st.SearchStrategy[str]:
    low = ais_decode.LENGTHS[kind][0]
    chars = -(-low // 6)
    text = st.text(ARMOUR, min_size=chars - 1, max_size=chars - 1)
    return text.map(lambda rest: ARMOUR[kind] + rest)


@pytest.mark.parametrize("kind", sorted(ais_decode.LAYOUTS))
@settings(max_examples=40)
@given(data=st.data())
def test_every_field_of_any_bits_equals_pyais(kind: int, data: st.DataObject) -> None:
    payloads = data.draw(st.lists(payloads_of(kind), min_size=1, max_size=5))
    columns = ais_decode.decode(kind, [payload.encode() for payload in payloads])
    for row, payload in enumerate(payloads):
        bits = bit_vector(payload.encode(), 0)
        for name, (start, width, signed) in ais_decode.LAYOUTS[kind].items():
            assert columns[name][row] == bits.get_num(start, width, signed), name
        message = MSG_CLASS[kind].from_vector(bits)
        scale = 600 if kind == 27 else 600_000
        assert columns["mmsi"][row] == int(message.mmsi)
        assert columns["lon"][row] / scale == pytest.approx(message.lon, abs=1e-5)
        assert columns["lat"][row] / scale == pytest.approx(message.lat, abs=1e-5)
        for name in columns.keys() & {"cog", "heading", "second", "accuracy", "status", "altitude"}:
            theirs = getattr(message, _PYAIS.get(name, name))
            factor = 0.1 if name == "cog" and kind != 27 else 1.0
            assert columns[name][row] * factor == pytest.approx(float(theirs))
        if "sog" in columns and kind != 9:  # pyais scales message 9's whole knots by a tenth in places
            factor = 1.0 if kind == 27 else 0.1
            assert columns["sog"][row] * factor == pytest.approx(float(message.speed))


@given(st.integers(0, 200), st.integers(1, 57), st.text(ARMOUR, min_size=60, max_size=60))
def test_any_field_of_any_payload(start: int, width: int, payload: str) -> None:
    words = ais_decode.sextets([payload.encode()], 360)
    bits = bit_vector(payload.encode(), 0)
    assert ais_decode.unsigned(words, start, width)[0] == bits.get(start, width)
    assert ais_decode.signed(words, start, width)[0] == bits.get_signed(start, width)


@given(
    st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 1022), st.integers(0, 3599), st.integers(0, 359)
)
def test_what_a_ship_states_is_what_is_read(lat: float, lon: float, sog: int, cog: int, heading: int) -> None:
    fixes = read([sentence(position(lat=lat, lon=lon, sog=sog, cog=cog, heading=heading))]).fixes
    assert (fixes.lat[0], fixes.lon[0]) == pytest.approx((lat, lon), abs=1e-6)
    assert (fixes.sog[0], fixes.cog[0], fixes.heading[0]) == pytest.approx(
        (sog / 10, cog / 10, heading), rel=1e-6
    )


def one(**values: object):
    return read([f"{T0} {sentence(position(**values))}"])  # type: ignore[arg-type]


def test_31_no_position_keeps_the_record_and_the_identity() -> None:
    assert counts(one(lat=91, lon=181)) == (0, 1, 0, 0)
    aid = Bits().put(21, 6).put(0, 2).put(992631001, 30).put(1, 5).words("BUGIO", 20).put(0, 1)
    aid.put(181 * 600_000, 28).put(91 * 600_000, 27).put(0, 30).put(1, 4).put(60, 6).put(0, 13)
    batch = read([sentence(*aid.payload())])
    assert counts(batch) == (0, 1, 0, 0)
    assert batch.identities[0].values == {"name": "BUGIO"}


@pytest.mark.parametrize(("lat", "lon"), [(91, -9.5), (38.5, 181)])
def test_32_half_a_position_is_none(lat: float, lon: float) -> None:
    assert counts(one(lat=lat, lon=lon)) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("lat", "lon", "field"), [(95, 0, "lat"), (-90.1, 5, "lat"), (5, 190, "lon"), (5, -180.5, "lon")]
)
def test_a_position_beyond_the_globe_is_refused(lat: float, lon: float, field: str) -> None:
    assert reasons(one(lat=lat, lon=lon))[0][0] == field


def test_33_to_36_sentinels_become_not_available() -> None:
    fixes = one(sog=1023, cog=3600, heading=511).fixes
    assert all(math.isnan(column[0]) for column in (fixes.sog, fixes.cog, fixes.heading))
    assert math.isnan(one(cog=4000).fixes.cog[0])
    assert math.isnan(one(heading=360).fixes.heading[0])
    assert one(sog=1022).fixes.sog[0] == pytest.approx(102.2)


def test_37_the_island_at_zero_is_marked() -> None:
    assert one(lat=0, lon=0).fixes.doubt[0] == Doubt.ZERO_ISLAND
    assert one(lat=0, lon=1).fixes.doubt[0] == 0


@pytest.mark.parametrize("second", range(60, 64))
def test_38_special_seconds_change_nothing(second: int) -> None:
    assert one(second=second).fixes.time[0] == T0 * 1000


@pytest.mark.parametrize(
    "mmsi", [26360189, 2636018, 100_000_000, 911_000_000, 800, 776_000_000, 1_000_000_001]
)
def test_39_a_number_of_no_form_is_kept_and_marked(mmsi: int) -> None:
    fixes = one(mmsi=mmsi).fixes
    in_form = 1_000_000 <= mmsi <= 9_999_999
    assert fixes.doubt[0] == (0 if in_form else Doubt.MMSI_FORM)
    assert number_of(int(fixes.key[0])) == mmsi


@pytest.mark.parametrize("mmsi", [0, 1, 123456789, 987654321, 111111111, 999999999, 1193046, 1073741823])
def test_40_factory_numbers_are_marked(mmsi: int) -> None:
    assert one(mmsi=mmsi).fixes.doubt[0] == Doubt.PLACEHOLDER


def base_station(kind: int = 4, year: int = 2024, mmsi: int = 2630001) -> str:
    bits = (
        Bits()
        .put(kind, 6)
        .put(0, 2)
        .put(mmsi, 30)
        .put(year, 14)
        .put(3, 4)
        .put(1, 5)
        .put(12, 5)
        .put(0, 6)
        .put(7, 6)
    )
    return (
        bits.put(1, 1).put(round(-9.1 * 600_000), 28).put(round(38.7 * 600_000), 27).put(0, 34).payload()[0]
    )


@pytest.mark.parametrize("year", [2024, 0])
def test_41_and_42_a_base_station_with_or_without_its_clock(year: int) -> None:
    fixes = read([f"{T0} {sentence(base_station(year=year))}"]).fixes
    assert fixes.cls[0] == ContactClass.BASE_STATION
    assert (fixes.lat[0], fixes.lon[0], fixes.time[0]) == pytest.approx((38.7, -9.1, T0 * 1000))


def test_43_an_aid_to_navigation_with_a_long_name() -> None:
    aid = Bits().put(21, 6).put(0, 2).put(992636001, 30).put(1, 5).words("A" * 20, 20).put(0, 1)
    aid.put(round(-9.4 * 600_000), 28).put(round(38.6 * 600_000), 27).put(0, 30).put(1, 4).put(60, 6).put(
        0, 13
    )
    batch = read([sentence(*aid.words("BCD", 3).payload())])
    assert batch.fixes.cls[0] == ContactClass.AID
    assert batch.identities[0].values["name"] == "A" * 20 + "BCD"


def aircraft(altitude: int, sog: int = 120) -> str:
    bits = Bits().put(9, 6).put(0, 2).put(111263001, 30).put(altitude, 12).put(sog, 10).put(1, 1)
    bits.put(round(-9.4 * 600_000), 28).put(round(38.6 * 600_000), 27).put(900, 12).put(7, 6).put(0, 34)
    return sentence(bits.payload()[0])


def test_44_a_rescue_aircraft_has_feet_and_whole_knots() -> None:
    fixes = read([aircraft(1000)]).fixes
    assert fixes.cls[0] == ContactClass.SAR_AIRCRAFT
    assert (fixes.altitude[0], fixes.sog[0], fixes.cog[0]) == pytest.approx((3280.84, 120, 90), rel=1e-5)


def test_45_its_altitude_not_available() -> None:
    assert math.isnan(read([aircraft(4095)]).fixes.altitude[0])
    assert read([aircraft(4094)]).fixes.altitude[0] == pytest.approx(13431.8, abs=0.1)
    assert math.isnan(read([aircraft(10, sog=1023)]).fixes.sog[0])


def long_range(lat: float = 38.5, lon: float = -9.5, sog: int = 12, cog: int = 271, width: int = 96) -> str:
    bits = Bits().put(27, 6).put(0, 2).put(263601890, 30).put(0, 2).put(0, 4)
    bits.put(round(lon * 600), 18).put(round(lat * 600), 17).put(sog, 6).put(cog, 9).put(0, width - 94)
    return sentence(*bits.payload())


@pytest.mark.parametrize("width", [96, 168])
def test_46_long_range_positions_are_coarse_and_say_so(width: int) -> None:
    fixes = read([f"{T0} {long_range(width=width)}"]).fixes
    assert (fixes.lat[0], fixes.lon[0], fixes.sog[0], fixes.cog[0]) == pytest.approx((38.5, -9.5, 12, 271))
    assert fixes.doubt[0] == Doubt.COARSE
    assert 130 < fixes.error_m[0] < 200


def test_47_its_sentinels() -> None:
    assert counts(read([long_range(lat=91, lon=181)])) == (0, 1, 0, 0)
    fixes = read([long_range(sog=63, cog=511)]).fixes
    assert math.isnan(fixes.sog[0])
    assert math.isnan(fixes.cog[0])


@pytest.mark.parametrize("mmsi", [970011234, 972011234, 974011234])
def test_48_distress_transmitters(mmsi: int) -> None:
    fixes = one(mmsi=mmsi, status=14).fixes
    assert (fixes.cls[0], fixes.status[0]) == (ContactClass.DISTRESS, 14)


def values(**stated: object) -> dict[str, object]:
    return dict(read(parts(*static(**stated))).identities[0].values)  # type: ignore[arg-type]


def test_49_padding_is_not_part_of_a_name() -> None:
    assert values(name="SHIP@@@LEFTOVER")["name"] == "SHIP"
    assert values(name="  SHIP  ")["name"] == "SHIP"
    assert "name" not in values(name="@@@@@")
    assert "call_sign" not in values(call="-------")


def test_50_zero_size_draught_and_arrival_are_absent() -> None:
    found = values(size=(0, 0, 0, 0), eta=(0, 0, 24, 60), draught=0, imo=0, kind=0, destination="", call="")
    assert found == {"name": "SANTA MARIA"}
    assert "eta" not in values(eta=(13, 1, 1, 1))
    assert "imo" not in values(imo=1234567)
    assert values(imo=9074728)["imo"] == 9074728  # a wrong check digit is judged by who matches identities


def test_accuracy_decides_the_error_radius() -> None:
    assert one(accuracy=1).fixes.error_m[0] == 10
    assert one(accuracy=0).fixes.error_m[0] == 30


@pytest.mark.parametrize(
    ("mmsi", "kind", "cls"),
    [
        (263601890, 1, ContactClass.SHIP_A), (263601890, 18, ContactClass.SHIP_B), (982631234, 18, ContactClass.CRAFT),
        (826312345, 1, ContactClass.HANDHELD), (992631234, 1, ContactClass.AID), (2630001, 1, ContactClass.BASE_STATION),
        (111263001, 1, ContactClass.SAR_AIRCRAFT), (263601890, 4, ContactClass.BASE_STATION),
    ],
)  # fmt: skip
def test_class_by_message_and_number(mmsi: int, kind: int, cls: ContactClass) -> None:
    assert contact_class(kind, mmsi) == cls


@given(st.integers(201_000_000, 999_999_999))
def test_class_by_number_agrees_with_the_other_feeds(mmsi: int) -> None:
    _, cls, doubt = station(mmsi)
    if doubt == Doubt.NONE:
        assert contact_class(1, mmsi) == cls


def test_class_b_static_in_two_halves() -> None:
    a = Bits().put(24, 6).put(0, 2).put(263601890, 30).put(0, 2).words("GAIVOTA", 20).payload()
    b = (
        Bits()
        .put(24, 6)
        .put(0, 2)
        .put(263601890, 30)
        .put(1, 2)
        .put(37, 8)
        .words("VENDOR1", 7)
        .words("CR123", 7)
    )
    batch = read([sentence(*a), sentence(*b.put(5, 9).put(7, 9).put(2, 6).put(2, 6).put(0, 6).payload())])
    assert [identity.values for identity in batch.identities] == [
        {"name": "GAIVOTA"}, {"call_sign": "CR123", "ship_type": 37, "length_m": 12.0, "beam_m": 4.0}
    ]  # fmt: skip
    assert counts(batch) == (0, 2, 0, 0)
    craft = Bits().put(24, 6).put(0, 2).put(982631234, 30).put(1, 2).put(37, 8).words("V", 7).words("CR1", 7)
    found = read([sentence(*craft.put(263601890, 30).put(0, 6).payload())]).identities[0].values
    assert "length_m" not in found, "those bits hold the mother ship's number"


@pytest.mark.parametrize(
    "kind", sorted(set(ais_decode.LENGTHS) - set(ais_decode.LAYOUTS) - ais_static.STATIC)
)
@settings(max_examples=15)
@given(data=st.data())
def test_other_types_are_accepted_or_refused_never_a_fix(kind: int, data: st.DataObject) -> None:
    batch = read([sentence(data.draw(payloads_of(kind)))])
    assert len(batch.fixes) == 0
    assert batch.read == 1


@pytest.mark.parametrize("kind", sorted(ais_static.STATIC))
@settings(max_examples=40)
@given(data=st.data())
def test_any_bits_of_a_static_message_are_survived(kind: int, data: st.DataObject) -> None:
    batch = read([sentence(data.draw(payloads_of(kind)))])
    for identity in batch.identities:
        assert identity.values.keys() <= {
            "name", "call_sign", "imo", "ship_type", "length_m", "beam_m", "draught_m", "destination", "eta"
        }  # fmt: skip
        assert "@" not in "".join(v for v in identity.values.values() if isinstance(v, str))


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
    [("channel_20110726.nmea", 18_124, 0), ("danish_20131112_a.nmea", 13_106, 0), ("epoch_prefixed_20160110.ais", 10_000, 72),
     ("all_types_gpsd.aivdm", 133, None), ("tagblock_groups.nmea", 5, 0)],
)  # fmt: skip
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
