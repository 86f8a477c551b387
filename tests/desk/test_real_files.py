"""Every recorded sample file goes in, its counts add up, and a second reading adds nothing."""

from pathlib import Path

import pytest

from maoc_tui.desk import picture
from maoc_tui.desk.ingest import ingest
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH

FEEDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "feeds"
NOT_FEEDS = ("annotated", "params", "decoded", "README", "aishub_error")
FILES = sorted(
    path
    for folder in ("ais_nmea", "ais_csv", "ais_json", "aircraft")
    for path in (FEEDS / folder).glob("*")
    if not any(word in path.name for word in NOT_FEEDS)
)
NEEDS_FEEDS = pytest.mark.skipif(not FILES, reason="the recorded samples are not beside this checkout")
READ = {
    "channel_20110726.nmea": 18_124,
    "danish_20131112_a.nmea": 13_106,
    "epoch_prefixed_20160110.ais": 10_000,
    "all_types_gpsd.aivdm": 133,
    "type_examples.nmea": 26,
    "tagblock_groups.nmea": 5,
    "marinecadastre_20220103_a.csv": 49_603,
    "gibraltar_20160601_a.csv": 9_946,
    "solent_20160112.csv": 18_623,
    "digitraffic_locations_a.json": 595,
    "opensky_states_all_a.json": 19,
    "opensky_history_20210712_a.csv": 2_530,
    "london_20180730_aircraft.json": 48,
    "us_20200212_aircraft.json": 23,
    "porto_20251118_aircraft.json": 11,
}
"""Records as counted when the samples were gathered (their own README)."""


@pytest.fixture
def room(tmp_path):
    opened = Room.open(tmp_path / "maoc.db", create=True)
    yield opened
    opened.close()


@NEEDS_FEEDS
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_counts_add_up_and_twice_adds_nothing(room, path):
    first = ingest(room, WATCH, [path])
    assert not first.problems
    (counts,) = first.files
    assert counts.read == counts.accepted + counts.rejected + counts.duplicate
    assert counts.accepted > 0
    if path.name in READ:
        assert counts.read == READ[path.name]
    before = picture.load(room, WATCH)
    second = ingest(room, WATCH, [path])
    assert second.total("accepted") == 0
    assert second.total("read") == counts.read
    assert second.contacts == first.contacts == len(before)
    assert picture.load(room, WATCH, before) is before


@NEEDS_FEEDS
def test_no_sentinel_reaches_the_picture(room):
    ingest(room, WATCH, FILES)
    shown = picture.load(room, WATCH)
    assert len(shown) > 5_000
    placed = ~(shown.lat != shown.lat)
    assert (abs(shown.lat[placed]) <= 90).all()
    assert (abs(shown.lon[placed]) <= 180).all()
    assert not (shown.cog >= 360).any()
    assert not (shown.heading >= 360).any()
    assert not ((shown.sog > 102.25) & (shown.cls != 3)).any()


@NEEDS_FEEDS
def test_a_refusal_in_a_file_is_one_sentence(room):
    result = ingest(room, WATCH, [FEEDS / "ais_json" / "aishub_error.json"])
    said = [p.message for _, p in result.problems]
    assert said
    assert "Too frequent requests" in said[0]
