"""The command line: ``maoc`` opens the program, ``maoc COMMAND`` does one thing and ends.

Each command lives in its own module and is imported only when it is called, so that ``maoc --help``
and ``maoc zone`` answer at once. ``main`` is the last resort: whatever goes wrong, the user reads one
sentence (or, with --json, one object) and the exit status says whose turn it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from maoc_tui.problems import BadInput, Problem

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo:command", "Open the program on the demo scenario."),
    "init": ("keeping:init", "Create the database."),
    "doctor": ("keeping:doctor", "Check the database and say what is missing."),
    "diagnostics": ("diagnostics:command", "Write a file for whoever mends the program; no case data."),
    "zone": ("zone:command", "In whose waters is a position, and how far to each line."),
    "seizure": ("seizure:command", "The ledger of seizures: weights, persons, custody, figures."),
    "request": ("request:command", "Requests to States with their clocks: open, record, list."),
    "asset": ("asset:command", "Ships, aircraft and teams: list, keep current, ask for, answer."),
    "intercept": ("intercept:command", "Course, time and place to meet a target, with zone and law there."),
    "matrix": ("matrix:command", "Which asset can reach which target, and what stands against it."),
    "options": ("options:command", "Choose an interception with its reasons; alarms when it slips."),
    "fan": ("fan:command", "Where a target can be by now and later, cut by land; where it can land."),
    "cpa": ("cpa:command", "How close two objects come, and when."),
    "clocks": ("clocks:command", "What runs out next; start and stop a clock by hand."),
    "flag": ("law:flag", "What is known of a flag State: whom to ask, treaties, usual reply time."),
    "law": ("law:command", "What may be done at a position: rule, articles, consent, clocks."),
    "zones": ("zones:command", "List zone datasets, import official ones, switch, derive anew."),
    "ingest": ("ingest:command", "Read traffic from files into the database."),
    "feed": ("feed:command", "List live sources, run one."),
    "search": ("search:command", "Find anything you may see: names, numbers, words, log lines."),
    "view": ("view:command", "Saved views: list, save, show, rename, withdraw."),
    "recent": ("view:recent", "The records you opened last."),
    "pin": ("view:pin", "Pin a record, or list what is pinned."),
    "contacts": ("contacts:command", "The live picture as a list; the filter is the screen's."),
    "near": ("near:command", "What is about a place or an object, by bearing and distance."),
    "events": ("contacts:events", "Zone entries and exits."),
    "target": ("target:command", "List, show, add and link targets."),
    "track": ("track:command", "The track of a target or a contact."),
    "partner": ("partner:command", "Who the Centre works with, on any day; confirm and change."),
    "officer": ("officer:command", "Liaison officers and staff, and how each is reached."),
    "duty": ("duty:command", "The duty roster and its holes."),
    "assign": ("assign:command", "Which partner is what to a target; who leads."),
    "op": ("op:command", "Operations: board, steps, decisions, basis, check-ins."),
    "log": ("log:command", "A line into the log of an operation; corrections; a line as a clock."),
    "watch": ("watch:command", "Who holds the watch; its log, promises, the handover."),
    "alert": ("alert:command", "The alert inbox: hear, silence, work, make records; precision."),
    "brief": ("brief:command", "The daily brief: compile, check, approve, issue, recall."),
    "stats": ("stats:command", "Figures by month or year: definitions, doubts, freeze, charts, files."),
    "export": ("export:command", "Contacts, targets, assets … as CSV, JSON, GeoJSON, KML or GPX."),
    "marking": ("marking:command", "Who will see a statement marked so; presets."),
    "release": ("release:command", "Propose, approve, refuse, list releases; the checklist."),
    "recall": ("release:recall", "Take a release back; names every holder."),
    "ask": ("ask:command", "Ask an originator for release, with a clock."),
    "undo": ("undo:command", "Undo what you did last; list what you did."),
    "redo": ("undo:redo", "Do again what you undid last."),
    "retention": ("retention:command", "Review dates of what is kept of persons."),
    "journal": ("journal:command", "Read who did what, prove it whole, sign it."),
    "signin": ("signing:signin", "Sign in on this command line."),
    "signout": ("signing:signout", "Sign out."),
    "purpose": ("signing:purpose", "Say what the session is for; it justifies what is opened."),
    "whoami": ("signing:whoami", "Say on whose behalf this command line works."),
    "account": ("account:command", "Enrol officers and services, give and take roles."),
    "backup": ("backup:command", "Copy the record while it is in use; prove a copy."),
    "restore": ("backup:restore", "Make a record of a copy, under another name."),
    "encrypt": ("account_keys:encrypt", "Encrypt the record, or give it another key."),
    "help": ("manual:command", "Read a chapter of the manual."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        import importlib

        module, _, name = COMMANDS[cmd_name][0].partition(":")
        loaded: click.Command = getattr(importlib.import_module(f"maoc_tui.cli.{module}"), name)
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--db", type=click.Path(), help="The database file; the user's own when not given.")
@click.option(
    "--as", "as_login", metavar="LOGIN", help="The one officer this line is for; see: maoc help sign-in."
)
@click.option("--read-only", is_flag=True, help="Refuse to write anything.")
@click.option(
    "--view-as", metavar="BE", help="See what officers of a partner see now; nothing can be changed."
)
@click.option("--plain", is_flag=True, help="Lines of text instead of screens, for screen readers.")
@click.option("--mouse/--no-mouse", default=None, help="Take the mouse, or leave it to the terminal.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON; also after the command.")
@click.option("--version", is_flag=True, help="Say which version this is.")
@click.pass_context
def maoc(
    ctx: click.Context,
    db: str | None,
    as_login: str | None,
    read_only: bool,
    view_as: str | None,
    plain: bool,
    mouse: bool | None,
    as_json: bool,
    version: bool,
) -> None:
    """The watch desk: traffic, zones, targets. Without a command it opens the program.

    Every command takes --json and --db PATH, before it or after it.
    """
    ctx.obj = {
        "db": db, "as_login": as_login, "read_only": read_only, "view_as": view_as, "json": as_json,
        "plain": plain, "mouse": mouse,
    }  # fmt: skip
    if version:
        from maoc_tui import __version__

        click.echo(f"maoc-tui {__version__}")
    elif ctx.invoked_subcommand is None:
        from maoc_tui.cli.program import open_program

        open_program(db)


def prepare_process() -> None:
    """Close the doors a parent process may have left open: new files are private, no Textual switches."""
    os.umask(0o077)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]


def main(argv: Sequence[str] | None = None) -> None:
    """The ``maoc`` entry point; always leaves through SystemExit."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    prepare_process()
    as_json = "--json" in arguments
    try:
        result = maoc.main(args=arguments, prog_name="maoc", standalone_mode=False)
        sys.exit(result if isinstance(result, int) else 0)
    except Problem as problem:
        _say(problem, as_json)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.UsageError as error:
        hint = f"{error.ctx.command_path} --help" if error.ctx else "maoc --help"
        _say(BadInput(error.format_message(), f"See {hint}."), as_json)
    except click.ClickException as error:
        _say(BadInput(error.format_message()), as_json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        from maoc_tui.crash import report

        _say(report(error), as_json)


def _say(problem: Problem, as_json: bool) -> None:
    from maoc_tui.domain.text import printable

    if as_json:
        import json

        click.echo(json.dumps(problem.as_json(), ensure_ascii=False))
    else:
        for sentence in (problem.message, problem.way_out):
            if sentence:
                click.echo(printable(sentence, 2000), err=True)
    sys.exit(problem.status)
