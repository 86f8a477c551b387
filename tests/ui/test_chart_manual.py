"""The manual's legend is the chart's own."""

from __future__ import annotations

from pathlib import Path

import pytest

import maoc_tui
from maoc_tui.commands import CHART, commands_of, key_text
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.ui import chart_symbols as signs
from maoc_tui.ui.chart_labels import CROWD

CHAPTER = (Path(maoc_tui.__file__).parent / "docs" / "chart.md").read_text(encoding="utf-8")
ROWS = {
    "Ship, class A": ContactClass.SHIP_A, "Ship, class B": ContactClass.SHIP_B,
    "Aircraft": ContactClass.AIRCRAFT, "Search and rescue": ContactClass.SAR_AIRCRAFT,
    "Distress": ContactClass.DISTRESS,
    "Aid": ContactClass.AID, "Base": ContactClass.BASE_STATION, "Station of": ContactClass.UNKNOWN,
}  # fmt: skip


@pytest.mark.parametrize("title", ROWS)
def test_every_sign_of_a_class_stands_in_its_row(title: str) -> None:
    lines = [line for line in CHAPTER.splitlines() if line.startswith(f"| {title}")]
    assert lines
    for age in signs.Age:
        shown = "".join(line.split("|")[2 + age] for line in lines)
        for code in set(signs.shapes("braille")[ROWS[title], age].tolist()):
            assert chr(code) in shown


def test_target_and_other_marks_are_explained() -> None:
    row = next(line for line in CHAPTER.splitlines() if line.startswith("| Target"))
    assert "".join(row.split("|")[2:5]).replace(" ", "") == signs.TARGET["unicode"]
    assert all(signs.MARKS["unicode"][name] in CHAPTER for name in ("fix", "estimate"))
    assert f"at most {CROWD} contacts" in CHAPTER


def test_every_letter_that_acts_on_the_chart_is_named() -> None:
    words = CHAPTER.replace("`", " ").split()
    for command in commands_of(CHART):
        letters = [key for key in key_text(command.keys).split() if len(key) == 1]
        if set(command.where) == {CHART} and letters:
            assert any(key in words for key in letters), command.id
