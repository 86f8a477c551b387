"""``maoc demo --score`` reads a night of the demo past everybody's gate, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from access_room import Wall, staffed
from liaison_room import open_room

from maoc_tui.cli import main
from maoc_tui.cli.program import Opening
from maoc_tui.problems import BadInput


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["demo", *words])
    return int(ended.value.code or 0), *capsys.readouterr()


@pytest.fixture(autouse=True)
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)


@pytest.mark.parametrize("enrolled", [True, False], ids=["enrolled", "not the demo's"])
def test_no_other_record_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], enrolled: bool
) -> None:
    made = staffed(tmp_path / "maoc.db", Wall()) if enrolled else open_room(tmp_path)
    made.close()
    status, out, err = told(capsys, "--score", str(made.db.path))
    assert (status, out) == (3, "")
    assert "Only a night of the demo is scored" in err


def test_a_demo_somebody_enrolled_in_is_a_record_like_any_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maoc_tui.desk.demo_score.made_by_demo", lambda room: True)
    made = staffed(tmp_path / "maoc.db", Wall())
    made.close()
    assert told(capsys, "--score", str(made.db.path))[:2] == (3, "")


def test_a_night_that_could_not_be_made_where_a_record_is_tells_nothing_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_room(tmp_path)
    made.close()
    monkeypatch.setattr("maoc_tui.desk.demo_score.made_by_demo", lambda room: True)

    def left(opening: Opening, *_: object) -> int:
        with pytest.raises(BadInput, match="is there already"):
            opening(lambda _: None)
        return 0

    monkeypatch.setattr("maoc_tui.cli.program.run", left)
    assert told(capsys, "--night", "--keep", str(made.db.path)) == (0, "", "")
