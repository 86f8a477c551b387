"""Stylesheets are parsed once for each theme: it is what the first frame waits for longest."""

from __future__ import annotations

from collections import Counter

import fakes
import pytest
from textual.css import stylesheet

from maoc_tui.ui.stylesheet import _parsed_with


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """How often each source has been parsed."""
    seen: Counter[tuple[str, str]] = Counter()
    parse = stylesheet.parse

    def counted(scope, css, read_from, *args, **kwargs):
        seen[read_from] += 1
        return parse(scope, css, read_from, *args, **kwargs)

    monkeypatch.setattr(stylesheet, "parse", counted)
    _parsed_with.cache_clear()
    return seen


async def test_no_source_is_parsed_twice_before_the_first_frame(parsed: Counter[tuple[str, str]]) -> None:
    async with fakes.app().run_test(size=(100, 30)):
        assert parsed
        assert set(parsed.values()) == {1}


async def test_another_theme_is_parsed_once_and_its_colours_are_taken(
    parsed: Counter[tuple[str, str]],
) -> None:
    app = fakes.app()
    async with app.run_test(size=(100, 30)) as pilot:
        before = app.screen.styles.background
        first = set(parsed)
        app.theme = "day"
        await pilot.pause()
        assert app.screen.styles.background != before
        assert {parsed[source] for source in first} == {2}
        app.theme = "night"
        await pilot.pause()
        assert app.screen.styles.background == before
