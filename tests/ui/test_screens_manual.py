"""The chapter on the screens names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import maoc_tui
from maoc_tui.domain.query import parse
from maoc_tui.domain.query_fields import FIELDS
from maoc_tui.ui.themes import names


@pytest.fixture(scope="module")
def chapter() -> str:
    return (Path(maoc_tui.__file__).parent / "docs" / "screens.md").read_text(encoding="utf-8")


def test_every_field_of_the_filter_and_its_example_stands_there(chapter):
    for field in FIELDS:
        assert f"`{field.name}`" in chapter
        assert field.help in chapter
        assert f"`{field.example}`" in chapter


def test_the_example_filter_can_be_used(chapter):
    parse(re.search(r"^    (flag:.*)$", chapter, re.M).group(1))


def test_every_theme_stands_there(chapter):
    assert all(name in chapter for name in names())
