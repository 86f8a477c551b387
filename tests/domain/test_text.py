"""Hostile text in, one safe line out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from maoc_tui.domain.text import ELLIPSIS, MARK, printable, safe_line

ANY = st.text(st.characters(), max_size=80)  # surrogates and unassigned code points included
NASTY = st.text(
    st.sampled_from("aé中ﾊ\u0301\u0308\u1161\u1100 \t\n\x1b\x9b\u202e\u200b\ufeff\ud800\u3164\ufe0f\ue000"),
    max_size=60,
)


@given(st.one_of(ANY, NASTY), st.integers(-1, 40))
def test_printable_is_bounded_composed_and_visible(text, limit):
    line = printable(text, limit)
    assert len(line) <= max(limit, 0)
    assert line == line.strip(" ")
    assert "  " not in line
    assert unicodedata.normalize("NFC", line) == line
    for char in line:
        assert unicodedata.category(char)[0] != "C"
        assert unicodedata.category(char) not in ("Zl", "Zp")
        assert char == " " or not char.isspace()
    line.encode()


@given(st.one_of(ANY, NASTY), st.integers(1, 40))
def test_cleaning_twice_changes_nothing(text, limit):
    once = printable(text, limit)
    assert printable(once, limit) == once


@given(st.one_of(ANY, NASTY))
def test_printable_leaves_nothing_for_the_last_filter(text):
    line = printable(text)
    assert safe_line(line) == line


@given(st.one_of(ANY, NASTY))
def test_zero_width_characters_are_bounded_by_the_visible_ones(text):
    line = printable(text, 1000)
    assert len(line) <= 3 * max(cell_len(line), 1)


@given(ANY)
def test_last_filter_keeps_the_layout_and_can_be_encoded(text):
    line = safe_line(text)
    line.encode()
    assert safe_line(line) == line
    assert cell_len(line) == cell_len(text)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("LA PALOMA", "LA PALOMA"),
        ("  LA\t\n PALOMA ", "LA PALOMA"),
        ("A\x1b]52;c;aGk=\x07B", f"A{MARK}]52;c;aGk={MARK}B"),
        ("ATLANTIC \u202eRATS", f"ATLANTIC {MARK}RATS"),
        ("A\u200b\u200b\u2060B", f"A{MARK}B"),
        ("e\u0301toile", "étoile"),
        ("z" + "\u0300" * 300, "z\u0300\u0300"),
        ("中远之星", "中远之星"),
        ("\ud800X", f"{MARK}X"),
        ("\u0301\u0301X", "X"),
        ("[/red] [@click=app.quit]x[/]", "[/red] [@click=app.quit]x[/]"),
        ("", ""),
    ],
)
def test_examples(raw, shown):
    assert printable(raw) == shown


def test_cut_text_says_so():
    assert printable("A" * 200) == "A" * 119 + ELLIPSIS
    assert printable("ABCDEF", 4) == "ABC…"
    assert printable("ABC DEF", 5) == "ABC…"
    assert printable("\u200b" * 10_000_000, 20) == MARK + ELLIPSIS


def test_last_filter_removes_what_a_terminal_obeys():
    assert safe_line("a\x1b[2Jb\x9b\u202ec") == "a[2Jbc"
    plain = "38°42.5'N ● é"
    assert safe_line(plain) is plain or safe_line(plain) == plain
