"""The filter before the terminal bites, and its test notices when it does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from maoc_tui.problems import Problem
from maoc_tui.ui import guard

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_OWN = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _installed():
    guard.install()


@given(st.lists(st.text(max_size=20), max_size=6))
def test_nothing_a_terminal_obeys_leaves_a_strip(texts):
    strip = Strip([Segment(text, Style(bold=True)) for text in texts])
    sent = strip.render(Console())
    assert not _OBEYED.search(_OWN.sub("", sent))


def test_layout_is_unchanged_by_what_is_taken_out():
    strip = Strip([Segment("A\x1b[2JB\u202e\u200bC")])
    width = strip.cell_length
    strip.render(Console())
    assert Strip(strip._segments).cell_length == width


def test_installing_twice_wraps_once():
    once = Strip.render
    guard.install()
    assert Strip.render is once


def test_a_filter_that_lets_through_is_noticed(monkeypatch):
    monkeypatch.setattr(guard, "safe_line", lambda text: text)
    with pytest.raises(Problem):
        guard.install()
