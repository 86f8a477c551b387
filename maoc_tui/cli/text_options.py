"""Groups of options that take text, alike on every command that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from maoc_tui.cli.answers import F

TextOption = tuple[str, str, str]
"""Its names, parted by blanks; what the help shows for the value, "" for TEXT; what it says."""


def text_options(rows: Iterable[TextOption]) -> Callable[[F], F]:
    """These options, in this order in the help; "" where one is not given."""
    options = [
        click.option(*names.split(), metavar=shown or None, default="", help=text)
        for names, shown, text in rows
    ]

    def give(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return give
