"""Themes for every eye: enough contrast, colours that stay apart, and without colour a shape for every state."""

from __future__ import annotations

import itertools
import re

import fakes
import pytest
from driving import NARROW, WIDE, opened, settled

from maoc_tui.settings import CHOICES
from maoc_tui.ui import themes

BY_NAME = {theme.name: theme for theme in themes.themes()}
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
"""Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB."""
STATES = ("success", "warning", "error", "accent", "foreground")


def linear(colour):
    """A colour #rrggbb or a triplet as linear RGB."""
    parts = (
        [int(colour.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4)] if isinstance(colour, str) else colour
    )
    return [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in parts]


def contrast(one, other):
    """WCAG 2.2's contrast ratio of two colours."""
    bright, dark = sorted(
        (sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)),
        reverse=True,
    )
    return (bright + 0.05) / (dark + 0.05)


def lab(colour, matrix):
    """CIELAB (D65) of a colour as an eye sees it for which a matrix stands."""
    seen = [min(max(sum(a * b for a, b in zip(row, linear(colour), strict=True)), 0), 1) for row in matrix]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(a * b for a, b in zip(row, seen, strict=True)) / sum(row) for row in rows]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(theme, matrix):
    """The least distance (Delta E 1976) between two colours that say a state."""
    colours = [getattr(BY_NAME[theme], name) for name in STATES]
    return min(
        sum((p - q) ** 2 for p, q in zip(lab(a, matrix), lab(b, matrix), strict=True)) ** 0.5
        for a, b in itertools.combinations(colours, 2)
    )


def test_settings_and_manual_name_every_theme_there_is():
    assert list(CHOICES["theme"]) == themes.names()
    chapter = (themes.resources.layout("themes.toml").parent.parent / "maoc_tui/docs/screens.md").read_text()
    assert all(name in chapter for name in themes.names())


def test_the_measures_of_this_file_are_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert lab("#ffffff", ((1, 0, 0), (0, 1, 0), (0, 0, 1))) == pytest.approx((100, 0, 0), abs=0.1)
    assert apart("night", DEUTERANOPIA) < 18  # red on red: what the colour-safe theme is for


@pytest.mark.parametrize("matrix", [DEUTERANOPIA, PROTANOPIA], ids=["deuteranopia", "protanopia"])
def test_states_stay_apart_for_eyes_that_see_red_and_green_alike(matrix):
    assert apart("colour-safe", matrix) > 20


def grounds(theme):
    return [theme.background, theme.surface, theme.panel]


@pytest.mark.parametrize(("name", "least"), [("high-contrast", 7.0), ("colour-safe", 4.5)])
def test_every_ink_stands_out_from_every_ground(name, least):
    theme = BY_NAME[name]
    inks = [*(getattr(theme, one) for one in STATES), theme.variables["quiet"]]
    for ink, ground in itertools.product(inks, grounds(theme)):
        assert contrast(ink, ground) >= least, (ink, ground)
    for cursor in ("cursor", "cursor-rest"):
        assert contrast(theme.foreground, theme.variables[cursor]) >= least


def drawn(app):
    """Every piece of text on the screen with its style; of a window in front, not what is dimmed behind it."""
    windows = [window.region for window in app.screen.query(".window")]
    found = []
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            if all(window.contains(x, y) for window in windows):
                found.append(segment)
            x += segment.cell_length
    return found


SCENES = {
    "watch": (),
    "filter": ("slash", "v"),
    "events": ("tab", "tab", "tab"),
    "help": ("question_mark",),
    "chart": ("3",),
}


async def test_in_high_contrast_every_text_stands_at_seven_to_one():
    app = fakes.app(fakes.FakeDesk(80), theme="high-contrast")
    seen = 0
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        for keys in SCENES.values():
            await pilot.press(*keys)
            await settled(pilot)
            await pilot.pause(0.3)
            for segment in drawn(app):
                words, style = re.search(r"[A-Za-z0-9]{2}", segment.text), segment.style
                if words and style and style.color and style.bgcolor:
                    ink, ground = style.color.triplet, style.bgcolor.triplet
                    ink, ground = (ground, ink) if style.reverse else (ink, ground)
                    assert contrast(ink, ground) >= 7, (segment.text, ink, ground)
                    seen += 1
            await pilot.press("escape")
    assert seen > 500


@pytest.mark.parametrize("how", ["theme", "NO_COLOR"])
async def test_without_colour_no_colour_is_sent_and_the_cursor_is_seen(how, monkeypatch):
    if how == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    app = fakes.app(fakes.FakeDesk(80), theme="no-colour" if how == "theme" else "night")
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        for keys in ((), ("slash",), ("escape",), ("3",), ("1", "question_mark")):
            await pilot.press(*keys)
            await settled(pilot)
            assert not [s for s in drawn(app) if s.style and (s.style.color or s.style.bgcolor)]
        await pilot.press("escape")
        await settled(pilot)
        row = app.screen.contacts.region.y + 1
        strip = app.screen._compositor.render_strips()[row]
        assert all(segment.style.reverse for segment in strip if segment.text.strip())
        await pilot.press(":", *"theme dusk", "enter")
        await settled(pilot)
        assert any(s.style and s.style.color for s in drawn(app))


def signs():
    """What tells the states of one thing apart, without their colours: by list, every state's sign."""
    from types import SimpleNamespace

    from maoc_tui.ui import asset_rows, brief_rows, contact_rows, event_rows, intercept_rows, operation_rows
    from maoc_tui.ui.chart_symbols import _PLAIN, _SHAPES, TARGET
    from maoc_tui.ui.status import Status

    stands = ("available", "on task", "maintenance", "unknown")
    due = (None, fakes.NOW - 60_000, fakes.NOW + 60_000)
    yield "age of a contact", contact_rows.AGE_MARK
    yield "line of a brief", brief_rows.SIGNS.values()
    yield "way to intercept", intercept_rows.SIGNS.values()
    yield "asset", [asset_rows.state(SimpleNamespace(availability=one))[0] for one in stands]
    rows = [SimpleNamespace(check_in_due_ms=one) for one in due]
    yield "ops normal", [operation_rows.check_in(row, fakes.NOW)[0][:1] for row in rows]
    listed = event_rows.EventRows(fakes.events(2), 1, False, fakes.NOW)
    yield "zone event", [listed.cells(at)[0][0] for at in range(2)]
    clocks = [
        SimpleNamespace(clock="C1", target="T-1", due_ms=fakes.NOW + at, half_ms=fakes.NOW + half, more=0)
        for at, half in ((9_000_000, 8_000_000), (9_000_000, -1), (-1, -2))
    ]
    status = Status(fakes.NOW, False, "", 1.0, None, 0, 0)
    yield "clock", [status._clock(one)[0][0][:1] for one in clocks]
    feeds = [SimpleNamespace(name="AIS", last_ms=fakes.NOW, ok=ok) for ok in (True, False)]
    yield "feed", [status._feed(one)[0] for one in feeds]
    for table in (_SHAPES, _PLAIN):
        moving = {cls: shapes for cls, shapes in table.items() if len({*shapes}) > 1}
        for cls, shapes in moving.items():
            yield f"{cls.name} on the chart", [shapes[0], shapes[-1]]
    yield "target on the chart", TARGET["unicode"]
    yield "target on an ASCII chart", TARGET["ascii"]


@pytest.mark.parametrize(
    ("name", "told"), [(name, list(told)) for name, told in signs()], ids=lambda v: str(v)[:24]
)
def test_without_colour_every_state_has_a_sign_of_its_own(name, told):
    assert len(set(told)) == len(told), name
