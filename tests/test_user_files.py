"""Files a user writes: each fault by file, line, field and reason; the rest counts, and nothing stops the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from maoc_tui import user_files
from maoc_tui.problems import BadInput
from maoc_tui.settings import Settings, default_database, kept, load
from maoc_tui.ui import dashboards, keys

SETTINGS = """\
theme = "pink"
lock_minutes = 90
bell = false
chart_symbols = "ascii
dashbord = "watch"

[keys]
filter = "f"
sort = 3

[[feeds]]
name = "one"
kind = "readsb"
url = "http://localhost/1"

[[feeds]]
name = "two"
kind = "readsb"
every = 5
"""


@pytest.fixture
def file(tmp_path):
    def write(text: str) -> Path:
        (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
        return tmp_path / "settings.toml"

    return write


def test_every_fault_is_told_by_file_line_field_and_reason_and_the_rest_counts(file):
    path = file(SETTINGS)
    found = kept(path)
    told = [(fault.path, fault.line, fault.field) for fault in found.faults]
    assert told == [
        (path, 4, "chart_symbols"),
        (path, 1, "theme"),
        (path, 2, "lock_minutes"),
        (path, 5, "dashbord"),
        (path, 9, "keys.sort"),
        (path, 19, "feeds[2].every"),
    ]
    assert str(found.faults[1]).startswith(f"{path}, line 1, theme: 'pink' is none of night,")
    assert (found.theme, found.lock_minutes, found.bell) == ("night", 10, False)
    assert found.keys == {"filter": "f"}
    assert [feed.name for feed in found.feeds] == ["one"]


def test_a_command_refuses_the_same_file(file):
    with pytest.raises(BadInput, match=r"settings\.toml, line 1, theme"):
        load(file('theme = "pink"\n'))


def test_a_whole_file_has_no_fault(file):
    found = kept(file('theme = "day"\nplain = true\nmouse = true\n\n[keys]\nfilter = "f,ctrl+f3"\n'))
    assert (found.faults, found.theme, found.plain, found.mouse) == ((), "day", True, True)


@pytest.mark.parametrize(
    "text", ["read_only = 1", "read_only = yes", "read_only true", "read_only = [", "read_only: true"]
)
def test_where_read_only_cannot_be_understood_nothing_may_be_written(file, text):
    assert kept(file(f"{text}\n")).read_only


@pytest.mark.parametrize("text", ["db = 7", "db: /srv/maoc.db", 'db = "/srv/maoc.db', "db = /srv/maoc.db"])
def test_no_other_record_than_the_one_meant_is_opened(file, text, monkeypatch):
    monkeypatch.delenv("MAOC_DB", raising=False)
    with pytest.raises(BadInput, match="line 1, db"):
        default_database(kept(file(f"{text}\n")))


WHOLE = 'db = "/srv/maoc.db"\nread_only = true\n'


@pytest.mark.parametrize(
    "raw",
    [
        WHOLE.encode() + b"# grava\xe7\xe3o\n",
        WHOLE.encode("utf-16"),
        WHOLE.encode() + b"zzz\n" * 25,
        b'database = "/srv/maoc.db"\nreadonly = true\n',
        b'[record]\npath = "/srv/maoc.db"\n',
        b'= "/srv/maoc.db"\n',
        b'[keys]\nfilter = "f"\n' + WHOLE.encode(),
        b'[[feeds]]\nname = "a"\nurl = "b"\nkind = "v2"\n' + WHOLE.encode() + b"read_only = true\n",
    ],
    ids=["latin", "utf-16", "too much", "other words", "a table", "no word", "under keys", "under feeds"],
)
def test_what_may_have_named_the_record_or_forbidden_writing_is_not_passed_over(tmp_path, raw, monkeypatch):
    monkeypatch.delenv("MAOC_DB", raising=False)
    (tmp_path / "settings.toml").write_bytes(raw)
    found = kept(tmp_path / "settings.toml")
    assert found.read_only
    with pytest.raises(BadInput, match="no record is opened"):
        default_database(found)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("gone")], ids=["folder", "gone"])
def test_what_stands_in_the_place_of_the_file_and_is_none_is_not_passed_over(tmp_path, make, monkeypatch):
    monkeypatch.delenv("MAOC_DB", raising=False)
    make(tmp_path / "settings.toml")
    found = kept(tmp_path / "settings.toml")
    with pytest.raises(BadInput, match="cannot be read"):
        default_database(found)
    assert found.read_only


@pytest.mark.parametrize(
    "text",
    ['\ufeffdb = "/srv/maoc.db"\n', 'db = "/srv/maoc.db"\nread_only = false\ndashbord = "watch"\n= 3\n'],
)
def test_a_record_that_is_named_is_opened_whatever_else_is_amiss(file, text, monkeypatch):
    monkeypatch.delenv("MAOC_DB", raising=False)
    found = kept(file(text))
    assert (default_database(found), found.read_only) == (Path("/srv/maoc.db"), False)


def test_a_fault_in_another_setting_opens_the_usual_record(file, monkeypatch):
    monkeypatch.delenv("MAOC_DB", raising=False)
    found = kept(file('theme = "pink"\nbell: no\n\n[keys]\nfiltr: "f"\n'))
    assert {fault.field for fault in found.faults} == {"theme", "bell", "keys.filtr"}
    assert (default_database(found).name, found.read_only) == ("maoc.db", False)


@given(st.text(max_size=200))
@tries(max_examples=60)
def test_no_text_at_all_is_an_error_of_the_program(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf-8")
    assert isinstance(kept(path), Settings)


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in str(kept(tmp_path / "settings.toml").faults[0])


@pytest.mark.parametrize(
    ("own", "refused"),
    [
        ({"filter": "f"}, {}),
        ({"theme": "z", "local_time": "T"}, {}),
        ({"filter": "f", "nonsense": "x"}, {"nonsense": "no such command"}),
        ({"filter": "hyper+x"}, {"filter": "no key is called 'hyper+x'"}),
        ({"copy": "?"}, {"copy": "the key question_mark is given to both copy and help"}),
        ({"quit": " , "}, {"quit": "empty; give it a key, or leave it out"}),
    ],
)
def test_keys_that_cannot_be_are_left_out_and_the_others_count(own, refused):
    left, wrong = keys.kept(own)
    assert dict(wrong) == refused
    assert left == {name: key for name, key in own.items() if name not in refused}


GOOD = 'title = "Mine"\ncolumns = ["1fr"]\nrows = ["1fr"]\n\n[[slots]]\npanels = ["contacts"]\n'


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (GOOD.replace('"contacts"', '"contact"'), 6, "slots[1].panels"),
        (GOOD.replace('"1fr"]\nrows', '"wide"]\nrows'), 2, "columns"),
        (GOOD.replace('title = "Mine"\n', ""), 0, "title"),
        (GOOD.replace("[[slots]]", "[[slot]]"), 5, "slot"),
        (GOOD + "rows = 40\n", 7, "slots[1].rows"),
        (GOOD.replace('title = "Mine"', 'title = "Mine'), 1, "title"),
        (GOOD + "columns = 2\n", 5, "slots[1]"),
        (GOOD + '[[slots]]\npanels = ["chart"]\n', 7, "slots[2]"),
    ],
)
def test_a_dashboard_with_a_fault_is_told_and_the_others_stay(tmp_path, text, line, field):
    (tmp_path / "mine.toml").write_text(text)
    (tmp_path / "other.toml").write_text(GOOD)
    found, faults = dashboards.load_all(tmp_path)
    assert (faults[0].path.name, faults[0].line, faults[0].field) == ("mine.toml", line, field)
    assert "mine" not in found
    assert found["other"].title == "Mine"


def test_the_shipped_dashboards_have_no_fault(tmp_path):
    found, faults = dashboards.load_all(tmp_path)
    assert not faults
    assert {"watch", "narrow"} <= set(found)
    assert dashboards.fitting(found, 160).name == "watch"
    assert dashboards.fitting(found, 80).name == dashboards.fitting(found, 20).name == "narrow"


def test_where_no_dashboard_says_a_width_the_first_one_fits(tmp_path):
    for name in ("watch", "narrow"):
        (tmp_path / f"{name}.toml").write_text(GOOD)
    found, _ = dashboards.load_all(tmp_path)
    assert dashboards.fitting(found, 100) == next(iter(found.values()))


def test_what_is_told_at_start_names_the_first_and_counts_the_rest(file):
    said = user_files.problem(kept(file(SETTINGS)).faults)
    assert said.message.count("settings.toml") == 3
    assert "And 3 more." in said.message
    assert "maoc doctor" in said.way_out


def test_doctor_lists_every_fault_and_goes_on(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from maoc_tui.cli import maoc

    monkeypatch.setenv("MAOC_CONFIG", str(tmp_path))
    monkeypatch.setenv("MAOC_DATA", str(tmp_path))
    db = str(tmp_path / "m.db")
    assert CliRunner().invoke(maoc, ["--db", db, "init"]).exit_code == 0
    (tmp_path / "settings.toml").write_text('theme = "pink"\ndashboard = "gone"\n\n[keys]\nnope = "x"\n')
    (tmp_path / "dashboards").mkdir()
    (tmp_path / "dashboards" / "mine.toml").write_text("title = 1\n")
    done = CliRunner().invoke(maoc, ["--db", db, "doctor", "--json"])
    told = [one["text"] for one in json.loads(done.stdout)["checks"] if one["name"] == "own files"]
    assert done.exit_code == 1
    for part in (
        "line 1, theme", "line 2, dashboard: 'gone' is none of auto", "line 5, keys.nope", "mine.toml, line 1, title",
    ):  # fmt: skip
        assert any(part in text for text in told), part
