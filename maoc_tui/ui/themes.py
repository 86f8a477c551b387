"""Day, dusk, night and those for other eyes as Textual themes, from layouts/themes.toml."""

from __future__ import annotations

import os
import tomllib
from functools import cache

from textual.theme import Theme

from maoc_tui import resources

WITHOUT_COLOUR = "no-colour"


@cache
def themes() -> tuple[Theme, ...]:
    """The shipped themes, in the order the theme key goes through them."""
    table = tomllib.loads(resources.layout("themes.toml").read_text(encoding="utf-8"))
    return tuple(
        Theme(
            name=name,
            dark=bool(values.pop("dark")),
            variables=values.pop("variables", {}),
            **values,
        )
        for name, values in table.items()
    )


def names() -> list[str]:
    """The names of the shipped themes."""
    return [theme.name for theme in themes()]


def wanted(chosen: str) -> str:
    """The theme to start with: the one chosen, or none of colour where NO_COLOR says so (no-color.org)."""
    return WITHOUT_COLOUR if os.environ.get("NO_COLOR") else chosen
