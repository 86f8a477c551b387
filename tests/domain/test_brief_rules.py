"""The rules of the brief: read from data/brief.toml, and a fault in it named by file, entry and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from maoc_tui import resources
from maoc_tui.domain.brief_rules import SECTIONS, shipped
from maoc_tui.problems import Problem

GOOD = resources.data("brief.toml").read_text(encoding="utf-8")


def test_what_ships_names_every_section_once_with_decisions_first() -> None:
    rules = shipped()
    assert tuple(sorted(rules.titles)) == tuple(sorted(SECTIONS))
    assert next(iter(rules.titles)) == "decisions"
    assert rules.back_ms == 24 * 3_600_000
    assert {"centre", "member", "prospective"} == rules.statuses


@pytest.mark.parametrize(
    ("good", "bad", "named"),
    [
        ("back_hours = 24", "back_hours = 0", "reach.back_hours"),
        ("ahead_hours = 24", 'ahead_hours = "day"', "reach.ahead_hours"),
        ("decisions =", "decision =", "section.decision"),
        ('assets = "Assets"', 'assets = ""', "section.assets"),
        ("as_of = 2026-11-22", "", "as_of"),
        ("[reach]", "[reach", "TOMLDecodeError"),
        ('statuses = ["centre", "member", "prospective"]', 'statuses = "member"', "recipients.statuses"),
    ],
)
def test_a_fault_names_file_entry_and_reason(tmp_path: Path, good: str, bad: str, named: str) -> None:
    assert good in GOOD
    path = tmp_path / "brief.toml"
    path.write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(Problem) as told:
        shipped(path)
    assert str(path) in told.value.message
    assert named in told.value.message
