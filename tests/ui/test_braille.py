"""Lines into dots, against exact distance and a slow walk; dots into characters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcwidth

from maoc_tui.ui import braille

WIDTH, HEIGHT = 60, 40
inside = st.tuples(st.floats(0, WIDTH - 0.01), st.floats(0, HEIGHT - 0.01))
anywhere = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


def drawn(*ends: tuple[tuple[float, float], tuple[float, float]], on: int = 1, of: int = 1) -> np.ndarray:
    dots = braille.blank(WIDTH // 2, HEIGHT // 4)
    table = np.array([[*a, *b] for a, b in ends])
    braille.draw(dots, *table.T, on=on, of=of)
    return dots


def away(points: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Distance of points (x, y) from the straight line a b."""
    along = b - a
    size = float(along @ along)
    t = np.clip((points - a) @ along / size, 0, 1)[:, None] if size else 0.0
    return np.hypot(*(points - (a + t * along)).T)


def walked(a: tuple[float, float], b: tuple[float, float]) -> set[tuple[int, int]]:
    """Bresenham's line between the dots that hold a and b."""
    x, y, x1, y1 = (int(np.floor(v)) for v in (*a, *b))
    dx, dy = abs(x1 - x), -abs(y1 - y)
    error, dots = dx + dy, {(x, y)}
    while (x, y) != (x1, y1):
        twice = 2 * error
        if twice >= dy:
            error, x = error + dy, x + (1 if x1 > x else -1)
        if twice <= dx:
            error, y = error + dx, y + (1 if y1 > y else -1)
        dots.add((x, y))
    return dots


@given(anywhere, anywhere)
def test_every_dot_is_within_one_of_the_true_line(a: tuple[float, float], b: tuple[float, float]) -> None:
    dots = drawn((a, b))
    y, x = np.nonzero(dots)
    distance = away(np.column_stack([x, y]) + 0.5, np.array(a), np.array(b))
    assert (distance < 1).all()


@given(inside, inside)
@example((0.0, 25.0), (0.0, 0.0))
@example((0.9999999999999999, 0.0), (20.9999999999999999, 0.0))
def test_the_line_runs_beside_bresenhams_without_a_gap(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    dots = {(int(x), int(y)) for y, x in zip(*np.nonzero(drawn((a, b))), strict=True)}
    for x, y in walked(a, b):
        assert any((x + i, y + j) in dots for i in (-1, 0, 1) for j in (-1, 0, 1))
    reached, new = set(), {(int(a[0]), int(a[1]))}
    assert new <= dots
    while new:
        reached |= new
        new = {(x + i, y + j) for x, y in new for i in (-1, 0, 1) for j in (-1, 0, 1)} & dots - reached
    assert reached == dots


@given(st.lists(st.tuples(anywhere, anywhere), min_size=1, max_size=20))
def test_many_lines_are_the_sum_of_each(lines: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    together = drawn(*lines)
    single = np.any([drawn(line) for line in lines], axis=0)
    assert (together == single).all()


@given(anywhere, anywhere)
def test_clipping_keeps_the_direction_and_stays_inside(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    x0, y0, x1, y1 = braille.clip(*(np.array([v]) for v in (*a, *b)), WIDTH, HEIGHT)
    for x, y in zip((*x0, *x1), (*y0, *y1), strict=True):
        assert -1e-6 <= x <= WIDTH + 1e-6
        assert -1e-6 <= y <= HEIGHT + 1e-6
        assert away(np.array([[x, y]]), np.array(a), np.array(b))[0] < 1e-6


def test_dashes_leave_gaps_of_the_right_length() -> None:
    row = drawn(((0.5, 2.5), (59.5, 2.5)), on=3, of=6)[2]
    assert row.reshape(-1, 6).tolist() == [[True] * 3 + [False] * 3] * 10


def test_dashes_run_on_over_corners() -> None:
    steps = np.arange(0.5, 59.0, 1.0)
    parts = [((x, 2.5), (x + 1, 2.5)) for x in steps]
    assert (drawn(*parts, on=2, of=8).sum()) < 30


def test_infinite_and_missing_ends_draw_nothing() -> None:
    assert not drawn(((np.nan, 1.0), (5.0, 5.0))).any()


def test_codes_follow_unicode() -> None:
    dots = braille.blank(2, 1)
    dots[0, 0] = dots[3, 3] = True
    assert [chr(c) for c in braille.alphabet("braille")[braille.codes(dots)][0]] == ["⠁", "⢀"]


@given(st.integers(0, 255))
def test_one_dot_pattern_each_way(code: int) -> None:
    dots = np.array([[bool(code >> b & 1) for b in row] for row in ((0, 3), (1, 4), (2, 5), (6, 7))])
    assert braille.codes(dots)[0, 0] == code


@pytest.mark.parametrize("symbols", ["braille", "block", "ascii"])
def test_every_character_takes_one_cell(symbols: str) -> None:
    table = braille.alphabet(symbols)
    assert len(table) == 256
    assert table[0] == ord(" ")
    assert all(wcwidth(chr(c)) == 1 for c in table)
    assert symbols != "ascii" or all(chr(c).isascii() for c in table)
    assert (table[1:] != ord(" ")).all()
