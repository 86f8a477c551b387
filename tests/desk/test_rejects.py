"""The rejects file: private, complete, and nothing in it runs in a spreadsheet or a terminal."""

import csv
from datetime import UTC, datetime

import pytest

from maoc_tui.desk import rejects
from maoc_tui.desk.rejects import RejectsFile
from maoc_tui.domain.reports import Reject
from maoc_tui.problems import StoreProblem


def test_no_rejects_no_file(tmp_path):
    file = RejectsFile(tmp_path / "maoc.db", datetime.now(UTC))
    file.add("a.nmea", [])
    file.close()
    assert file.path is None
    assert not list(tmp_path.iterdir())


def test_each_reject_names_line_field_and_reason(tmp_path):
    file = RejectsFile(tmp_path / "maoc.db", datetime.now(UTC))
    hostile = "=HYPERLINK(1)\x1b]52;c;QQ==\x07\u202e"
    file.add("a.nmea", [Reject(7, 12, "checksum", "is 1A, should be 1B", hostile)])
    file.close()
    assert file.path.stat().st_mode & 0o777 == 0o600
    with file.path.open(encoding="utf-8", newline="") as stream:
        header, row = csv.reader(stream)
    assert header == ["file", "line", "record", "field", "reason", "text"]
    assert row[:5] == ["a.nmea", "12", "7", "checksum", "is 1A, should be 1B"]
    assert row[5].startswith("'=")
    assert not any(ord(c) < 32 or c in "\x7f\u202e\x9b" for c in row[5])


AT = datetime(2026, 11, 22, 3, 7, tzinfo=UTC)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_a_live_source_has_one_private_file_that_every_poll_adds_to(tmp_path):
    database, hostile = tmp_path / "maoc.db", "=HYPERLINK(1)\x1b]52;c;QQ==\x07\u202e"
    rejects.add_of_feed(database, "roof", AT, [])
    assert not list(tmp_path.iterdir())
    for record in (7, 8):
        rejects.add_of_feed(database, "roof", AT, [Reject(record, 0, "lat", "not a number", hostile)])
    path = rejects.of_feed(database, "roof")
    assert path.stat().st_mode & 0o777 == 0o600
    header, *rows = rows_of(path)
    assert header == ["polled", "feed", "record", "field", "reason", "text"]
    assert [row[:5] for row in rows] == [
        ["2026-11-22T03:07:00Z", "roof", record, "lat", "not a number"] for record in "78"
    ]
    assert rows[0][5].startswith("'=")
    assert not any(ord(c) < 32 or c in "\x7f\u202e\x9b" for c in rows[0][5])
    assert rejects.files(database) == ([path], [])


def test_the_file_of_a_live_source_does_not_grow_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(rejects, "FEED_BYTES", 20_000)
    monkeypatch.setattr(rejects, "FEED_ROWS", 50)
    database = tmp_path / "maoc.db"
    many = [Reject(n, 0, "lat", "not a number", "x" * 300) for n in range(120)]
    for _ in range(40):
        rejects.add_of_feed(database, "roof", AT, many)
    feeds, readings = rejects.files(database)
    assert len(feeds) == 2, "the one that grows and the one before"
    assert not readings
    assert sum(path.stat().st_size for path in feeds) < 100_000
    assert [rows_of(path)[0] == list(rejects.FEED_COLUMNS) for path in feeds] == [True, True]
    assert rows_of(feeds[0])[-1][4] == "and 70 more of this poll"


def test_a_name_cannot_lead_the_file_elsewhere(tmp_path):
    database = tmp_path / "in" / "maoc.db"
    assert rejects.of_feed(database, "../../etc/x\x1b[2J").parent == database.parent


def test_a_link_laid_in_its_place_is_not_written_through(tmp_path):
    database, other = tmp_path / "maoc.db", tmp_path / "other.txt"
    other.write_text("mine")
    rejects.of_feed(database, "roof").symlink_to(other)
    with pytest.raises(StoreProblem, match="cannot be written"):
        rejects.add_of_feed(database, "roof", AT, [Reject(1, 0, "lat", "not a number", "")])
    assert other.read_text() == "mine"
