"""The rules are data, and data that is wrong is refused with the rule, the entry and the reason."""

from __future__ import annotations

import pytest

from maoc_tui import resources
from maoc_tui.domain.alert_rules import parse
from maoc_tui.problems import Problem

TEXT = resources.data("alerts.toml").read_text("utf-8")


@pytest.mark.parametrize(("old", "new", "said"), [
    ("times_usual = { value = 10", "times_usual = { value = -1", "ais_gap: times_usual"),
    ("times_usual =", "times_unusual =", "ais_gap: limits are"),
    ('title = "Encounter"', 'title = ""', "encounter: a title"),
    ("[rule.jump]", "[rule.jumps]", "jump"),
    ("as_of = 2026-11-22", 'as_of = "lately"', "as_of"),
    ('kinds = ["internal"', 'kinds = ["moon"', "zone_entry: kinds"),
])  # fmt: skip
def test_a_fault_names_its_place(old: str, new: str, said: str) -> None:
    assert TEXT.count(old) >= 1
    parse(TEXT)
    with pytest.raises(Problem, match=said):
        parse(TEXT.replace(old, new, 1))
