"""``maoc ask``: ask an originator whether a partner may read its statements, and answer for it."""

from __future__ import annotations

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer


@click.group(name="ask")
def command() -> None:
    """Ask originators for release, with a clock; see and record their answers."""


@command.command()
@click.argument("ref")
@click.option("--for", "partner", required=True, metavar="XX", help="The partner that is to read it.")
@click.option("--reason", required=True, help="Why it is needed.")
@click.option("--line", multiple=True, metavar="ID", help="A line beside REF itself.")
@click.option("--wording", multiple=True, metavar="ID=TEXT", help="The wording proposed for a line.")
@click.option(
    "--due", default="", metavar="DTG", help="When the answer is due; 24 hours from now when not given."
)
@json_option
@db_option
def origin(
    ref: str,
    partner: str,
    reason: str,
    line: tuple[str, ...],
    wording: tuple[str, ...],
    due: str,
    as_json: bool,
    db: str | None,
) -> None:
    """Ask each originator of REF (T-, OP-, SZ-, AS-) and of chosen lines; one request per originator."""
    from maoc_tui.cli.release import _pair

    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        wordings = dict(map(_pair, wording))
        made = release.ask(here, viewer(here), ref, partner, reason, lines=line, wordings=wordings, due=due)
        now = here.clock.now_ms()
        texts = (say.request_text(one, now) for one in made)
        answer(as_json, [say.request(one, now) for one in made], lambda: "\n".join(texts))


@command.command("list")
@json_option
@db_option
def list_(as_json: bool, db: str | None) -> None:
    """What was asked of originators about lines you may see, the newest first."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        now = here.clock.now_ms()
        found = release.requests(here, viewer(here))
        texts = (say.request_text(one, now) for one in found)
        answer(as_json, [say.request(one, now) for one in found], lambda: "\n".join(texts) or "None yet.")


@command.command("answer")
@click.argument("ref")
@click.argument("said", type=click.Choice(["granted", "refused", "withdrawn"]))
@click.option("--reason", default="", help="Why; needed unless granted.")
@click.option("--condition", default="", help="A condition of the consent.")
@click.option("--until", default="", metavar="DTG", help="When the consent ends.")
@json_option
@db_option
def answer_(
    ref: str, said: str, reason: str, condition: str, until: str, as_json: bool, db: str | None
) -> None:
    """Record what your partner answers to REF; a withdrawal recalls every release that rests on it."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        made = release.answer(here, viewer(here), ref, said, condition=condition, until=until, reason=reason)
        now = here.clock.now_ms()
        answer(as_json, say.request(made, now), lambda: say.request_text(made, now))
