"""The column decoder against pyais, bit for bit, for any bits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyais.bit_vector import bit_vector
from pyais.messages import MSG_CLASS
from sentences import ARMOUR, position, read, sentence

from maoc_tui.feeds import ais_decode, ais_static

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
        if "sog" in columns:
            factor = 1.0 if kind in (9, 27) else 0.1
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
            "name",
            "call_sign",
            "imo",
            "ship_type",
            "length_m",
            "beam_m",
            "draught_m",
            "destination",
            "eta",
        }
        assert "@" not in "".join(v for v in identity.values.values() if isinstance(v, str))
