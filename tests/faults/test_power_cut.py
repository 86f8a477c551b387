"""The power goes at any moment: what was said to be saved is there, whole, and nothing else is torn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from acts import ACTS, KEY, faulty, record, room_on, small_journal, traffic
from disk import Disk, Event, remembered
from platter import Platter, cuts, files_of, laid

from maoc_tui.store import driver

IMAGES = {"plain": 400, "encrypted": 100, "twin": 60}


def busy(path: Path, key: bytes | None, rounds: int) -> Sequence[Event]:
    """What the disk was told while officers worked and traffic came in, each act marked once it was acknowledged."""
    with small_journal(20), remembered(path.parent) as disk:
        room = room_on(path, key)
        for n in range(rounds):
            for act in ACTS:
                disk.mark(act(room, n))
            traffic(room, n)
        room.close()
    return disk.log


def losses(folder: Path, key: bytes | None, images: int, rounds: int = 5) -> list[list[str]]:
    """What is wrong with each image of a power cut that has a fault."""
    path = record(folder, key)
    start = files_of(folder, "maoc")
    log = busy(path, key, rounds)
    assert sum(event.kind == "mark" for event in log) == rounds * len(ACTS)
    assert sum(event.kind == "write" and event.file == "maoc.db" for event in log) > 60, (
        "folded into the file"
    )
    (after := folder / "after").mkdir()
    found = []
    for marks, image in cuts(start, log, images, Random(7)):
        laid(image, after)
        if wrong := faulty(after / "maoc.db", set(map(str, marks)), key):
            found.append(wrong)
    return found


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_no_power_cut_loses_or_tears_what_was_acknowledged(tmp_path: Path, kind: str) -> None:
    assert losses(tmp_path, KEY if kind == "encrypted" else None, IMAGES[kind]) == []


def test_the_twin_that_does_not_wait_for_the_disk_loses_acts(tmp_path: Path) -> None:
    """NORMAL instead of FULL: sound files, but acts that were acknowledged are gone."""
    with patch.object(driver, "WRITE", driver.WRITE_TRAFFIC):
        found = losses(tmp_path, None, IMAGES["twin"])
    assert sum("lost" in wrong[0] for wrong in found) > IMAGES["twin"] // 5
    assert not any("damaged" in told for wrong in found for told in wrong)


def test_the_disk_remembers_and_images_are_of_it(tmp_path: Path) -> None:
    """With every write kept, an image is the file as it is."""
    path = record(tmp_path)
    start = files_of(tmp_path, "maoc")
    log = busy(path, None, 2)
    platter = Platter(start)
    for event in log:
        platter.take(event)
    assert platter.kept() == files_of(tmp_path, "maoc")
    assert isinstance(log[0], Event)
    assert Disk(tmp_path).log == []
