"""Recorded answers are recognised by content and read whole."""

from __future__ import annotations

import json

import pytest
from json_records import nan
from reading import read, recorded, sample, sniffed

from maoc_tui.domain.contacts import ContactClass, contact_key
from maoc_tui.feeds.json_document import Refusal


@recorded
@pytest.mark.parametrize(
    ("file", "name", "fixes", "others"),
    [
        ("digitraffic_locations_a.json", "digitraffic", 595, 0),
        ("lisbon_20221109.geojson", "receiver", 18, 1),
        ("lisbon_20221115_17h.geojson", "receiver", 19, 0),
        ("lisbon_20221215_16h.geojson", "receiver", 21, 0),
        ("barentswatch_combined.jsonl", "barentswatch", 5, 0),
        ("aisstream_messages.jsonl", "aisstream", 3, 0),
        ("aishub_format0.json", "aishub", 1, 0),
        ("aishub_format1.json", "aishub", 2, 0),
    ],
)
def test_recorded_files_are_recognised_and_read_whole(file, name, fixes, others):
    body = sample(f"ais_json/{file}")
    assert sniffed(body[:4096]) == [name]
    batch = read(name, body)
    assert (len(batch.fixes), batch.others, batch.rejects) == (fixes, others, [])


@recorded
def test_recorded_lisbon_snapshot_says_class_b_size_and_local_form_of_time():

    body = sample("ais_json/lisbon_20221115_17h.geojson")
    batch = read("receiver", body)
    rows = [f["properties"] for f in json.loads(body)["features"]]
    at = next(n for n, row in enumerate(rows) if row["mmsi"] == 219031098)
    assert batch.fixes.cls[at] == ContactClass.SHIP_B
    assert nan(batch.fixes.sog[at])
    assert batch.fixes.time[at] == 1_668_532_091_000
    (identity,) = [i for i in batch.identities if i.key == contact_key(1, 219031098)]
    assert identity.values == {"name": "GRYNNER", "ship_type": 37, "length_m": 9.0, "beam_m": 3.0}


@recorded
def test_recorded_refusal_of_aishub():
    with pytest.raises(Refusal, match="Too frequent requests"):
        read("aishub", sample("ais_json/aishub_error.json"))
