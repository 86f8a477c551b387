"""The rejects file: private, complete, and nothing in it runs in a spreadsheet or a terminal."""

import csv
from datetime import UTC, datetime

from maoc_tui.desk.rejects import RejectsFile
from maoc_tui.domain.reports import Reject


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
