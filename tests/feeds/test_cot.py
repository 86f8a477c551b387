"""Cursor on Target: cases 104 to 111 of the feeds study, the recorded streams, and anything at all."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.contacts import Doubt, Space, key_text, space_of
from maoc_tui.domain.reports import Batch
from maoc_tui.feeds import cot, formats
from maoc_tui.feeds.source import ReadContext

NOW = 1_670_996_700_000
RECORDED = Path(__file__).resolve().parents[3] / "shared" / "data" / "feeds" / "cot"


class Trickle(io.BytesIO):
    """A stream that is cut at every few bytes."""

    def read(self, size=-1):
        return super().read(min(size, 7))


def read(data, stream=io.BytesIO):
    data = data if isinstance(data, bytes) else data.encode()
    batch = Batch.concat(list(cot.read(stream(data), ReadContext(NOW, NOW))))
    assert batch.read == len(batch.fixes) + batch.others + batch.duplicates + len(batch.rejects)
    return batch


def event(
    uid="MMSI-263123456", kind="a-u-S", time="2022-12-14T05:40:00Z", lat="38.5", lon="-9.5", inside="", **more
):
    ce = more.get("ce", "10.0")
    return (
        f'<event version="2.0" uid="{uid}" type="{kind}" time="{time}" start="{time}" stale="{more.get("stale", time)}"'
        f' how="m-g"><point lat="{lat}" lon="{lon}" hae="{more.get("hae", "9999999.0")}" ce="{ce}" le="9999999.0"/>'
        f"<detail>{inside}</detail></event>"
    )


def test_a_ship_and_an_aircraft_are_contacts():
    batch = read(
        event(inside='<contact callsign="SEA HERO"/>') + event("ICAO-4ca815", "a-u-A-C-F", hae="1000")
    )
    assert [key_text(int(k)) for k in batch.fixes.key] == ["ais:263123456", "icao:4ca815"]
    assert batch.identities[0].values["name"] == "SEA HERO"
    assert batch.fixes.altitude[1] == pytest.approx(3280.8, abs=0.1)
    assert batch.fixes.error_m[0] == 10


def test_104_an_entity_bomb_is_refused_unread():
    bomb = '<!DOCTYPE event [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + event(
        inside="<remarks>&b;</remarks>"
    )
    batch = read(bomb + event())
    assert batch.rejects[0].field == "DOCTYPE"
    assert len(batch.fixes) == 1


def test_105_an_external_entity_opens_no_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("INFORMANT")
    door = f'<!DOCTYPE event [<!ENTITY x SYSTEM "file://{secret}">]>' + event(
        inside='<contact callsign="&x;"/>'
    )
    batch = read(door)
    assert len(batch.rejects) == 1
    assert "INFORMANT" not in repr(batch)


def test_106_a_stream_cut_anywhere_gives_the_same():
    data = (event() + "\n" + event("MMSI-224000001", lat="40") + event("x", "b-m-p-s-m")).encode()
    whole, cut = read(data), read(data, Trickle)
    assert np.array_equal(whole.fixes.key, cut.fixes.key)
    assert (whole.others, cut.others) == (1, 1)


def test_107_events_keep_their_own_time_in_whatever_order_they_come():
    batch = read(event(time="2022-12-14T05:40:00.123456789Z") + event(time="2022-12-14T05:30:00Z"))
    assert batch.fixes.time[0] - batch.fixes.time[1] == 600_123


def test_108_an_old_or_stale_event_is_taken_with_its_time_and_a_future_one_doubted():
    batch = read(
        event(time="2019-01-01T00:00:00Z", stale="2019-01-01T00:01:00Z") + event(time="2030-01-01T00:00:00Z")
    )
    assert [bool(d & Doubt.FUTURE) for d in batch.fixes.doubt] == [False, True]


def test_109_latitude_91_is_no_position_and_92_a_reject():
    batch = read(event(lat="91", lon="181", inside='<contact callsign="X"/>') + event(lat="92"))
    assert len(batch.fixes) == 0
    assert batch.identities[0].values == {"name": "X"}
    assert batch.rejects[0].field == "lat"


def test_110_speeds_are_metres_a_second_and_9999999_is_not_known():
    batch = read(event(ce="9999999.0", inside='<track course="352.4" speed="10.0"/>'))
    assert batch.fixes.sog[0] == pytest.approx(19.438, abs=0.001)
    assert batch.fixes.cog[0] == pytest.approx(352.4)
    assert np.isnan(batch.fixes.error_m[0])


def test_111_an_event_without_end_is_refused_and_the_next_one_read():
    endless = "<event uid='x' " + "a" * (cot.LONGEST + cot.LONGEST // 2)
    batch = read(endless + "></event>" + event())
    assert len(batch.fixes) == 1
    assert batch.rejects


def test_any_other_uid_is_an_anonymous_track_that_stays_the_same():
    one, two = (read(event("9405e320-9356-41c4", "a-h-S-X")).fixes.key[0] for _ in range(2))
    assert one == two
    assert space_of(int(one)) is Space.TRACK


@given(st.binary(max_size=400))
def test_anything_at_all_is_accounted_for(data):
    read(b"<event " + data)
    read(data + b"</event>")


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_in_an_event_is_accounted_for(inside, uid):
    assert read((event(inside=inside) + event(uid)).encode("utf-8", "replace")).read >= 1


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded samples are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "fixes", "read_"),
    [("lisbon_vessels_20221115_17h.cotstream", 19, 19), ("porto_aircraft_20251118.cotstream", 4, 4),
     ("marker_2525.cot", None, 1), ("marker_spot.cot", 0, 1), ("route.cot", 0, 1), ("geo_fence.cot", 0, 1),
     ("drawing_shapes_circle.cot", 0, 1), ("range_bearing_line.cot", 0, 1)],
)  # fmt: skip
def test_recorded_events(name, fixes, read_):
    data = (RECORDED / name).read_bytes()
    assert formats.recognise(data[:65536], name).name == "cot"
    batch = read(data)
    assert batch.read == read_
    assert not batch.rejects
    assert fixes is None or len(batch.fixes) == fixes
