"""The words of the plain program: those of the screens' colon line, and every command of the command line."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import NoReturn

import click

from maoc_tui.cli.plain_terminal import Left
from maoc_tui.problems import BadInput, NotPermitted, Problem

SCREENS: dict[str, tuple[str, str]] = {
    "contacts": ("contacts --limit 30", "Contacts heard last; --filter as on the screen."),
    "events": ("events --limit 20", "Zone entries and exits."),
    "alerts": ("alert list", "Alerts that wait; alert show AL-0007, alert ack."),
    "targets": ("target list", "Every target; target show T-0417 tells all of one."),
    "operations": ("op list", "Operations; op show OP-0031, op step, log OP-0031 TEXT."),
    "liaison": ("assign board", "Who is on which target; partner list, officer list, duty list."),
    "assets": ("asset list", "Assets; asset show AS-0007, matrix, options."),
    "requests": ("request list", "Requests to States; clocks tells what runs out next."),
    "briefs": ("brief list", "Briefs; brief show, brief check, brief grid."),
    "figures": ("stats", "Measures; stats seized tells one."),
    "chart": ("near", "In place of the chart: near T-0417, near 38N 10W --within 30."),
}
"""A word for every screen: the command that tells the same, and what it does."""
_ELSEWHERE = frozenset({"demo", "init", "restore", "encrypt", "signin", "signout"})
"""They open a record of their own, or end this one: for the shell."""


def told() -> list[str]:
    """What can be said here, a line each."""
    own = {
        "watch": "How the watch stands: time, who, what runs out next, live sources.",
        "view-as BE": "See what officers of a partner see now; view-as alone ends it.",
        "help CHAPTER": "Read the manual; WORD --help tells how to use a word.",
        "lock, quit": "Lock; leave.",
    }
    return [
        "A word, with or without a colon before it, and Enter. What changes is said by itself.",
        *(f"{word}: {what}" for word, what in own.items()),
        *(f"{word}: {what}" for word, (_, what) in SCREENS.items()),
        "And every command of the command line: " + ", ".join(_commands()) + ".",
    ]


def _commands() -> list[str]:
    from maoc_tui.cli import COMMANDS

    return [name for name in COMMANDS if name not in _ELSEWHERE and name not in SCREENS]


def run(line: str, context: dict[str, object], files: bool = True) -> None:
    """Do what a line says, as the command line does; ``context`` is what ``maoc`` itself would be given.

    Without ``files`` no file or folder may be named: whoever types works as the owner of the record (set-up C of
    sign-in).
    """
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()  # an apostrophe in a sentence, such as in a log line
    name, rest = words[0], words[1:]
    if name in SCREENS:
        first, *given = SCREENS[name][0].split()
        name, rest = first, [*given, *rest]
    if name in _ELSEWHERE:
        raise BadInput(f"{name} is not done from here.", f"Leave with quit, and call: maoc {name}")
    if not files and (_UNNAMED.get(name, frozenset()) & {"", *rest} or _asks_anywhere(rest)):
        raise _no_files()
    with nullcontext() if files else _without_files():
        _call(name, rest, context)


_UNNAMED = {
    "seizure": frozenset({"check"}),
    "zones": frozenset({"fetch", "derive"}),
    "diagnostics": frozenset({""}),
}
"""Words, "" for all of a word, that take the name of a file as plain text or write one without being given a name."""


def _asks_anywhere(words: list[str]) -> bool:
    """Whether an address is given that somebody else than the owner of the record chose."""
    return any(word.partition("=")[0] == "--url" for word in words)


def _no_files() -> NotPermitted:
    return NotPermitted(
        "This line is for one officer: no file or folder can be named on it, and no address.",
        "Somebody with a command line on this host can do it; the screens write copies into the export folder.",
    )


@contextmanager
def _without_files() -> Iterator[None]:
    """Whatever command is called, naming a file is refused where click reads the name."""

    def refuse(*_: object) -> NoReturn:
        raise _no_files()

    before = click.Path.convert
    click.Path.convert = refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        click.Path.convert = before  # type: ignore[method-assign]


def _call(name: str, arguments: list[str], given: dict[str, object]) -> None:
    from maoc_tui.cli import maoc

    with click.Context(maoc, info_name="maoc", obj=given) as root:
        command = maoc.get_command(root, name)
        if command is None:
            raise BadInput(f"{name!r} is no word here.", "help lists them.")
        try:
            with command.make_context(name, arguments, parent=root) as context:
                command.invoke(context)
        except click.exceptions.Exit:
            return
        except click.exceptions.Abort:
            raise BadInput("Nothing was done.") from None
        except click.ClickException as error:
            raise BadInput(error.format_message(), f"{name} --help tells how to use it.") from None
        except Left:
            raise
        except SystemExit:
            return


def sentence(problem: Problem) -> str:
    """A problem as one line."""
    from maoc_tui.domain.text import printable

    return printable(f"{problem.message} {problem.way_out}".strip(), 2000)
