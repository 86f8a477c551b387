"""The handover on the command line: offered, walked item by item, signed, proved afterwards."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli import watch_json as shown
from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from maoc_tui.desk.room import Room
    from maoc_tui.desk.watch_snapshots import HandoverSheet, SignedSheet, WatchState
    from maoc_tui.domain.viewer import Viewer

_WORD = click.option("--word", default="", help="The word that data/watch.toml asks for during a manoeuvre.")
_OUT = click.option("--out", type=click.Path(), help="Write the sheet into this file.")


@click.command()
@_WORD
@_OUT
@json_option
@db_option
def hand(word: str, out: str | None, as_json: bool, db: str | None) -> None:
    """Offer the watch you hold, signed: another officer walks the sheet and signs."""
    with room(db) as here:
        from maoc_tui.desk import handover

        _signed(here, lambda who: handover.hand(here, who, word), out, as_json)


@click.command("take-back")
@click.argument("reason")
@json_option
@db_option
def take_back(reason: str, as_json: bool, db: str | None) -> None:
    """Take an offer back, with the reason: you go on holding the watch."""
    with room(db) as here:
        from maoc_tui.desk import handover

        _state(handover.take_back(here, viewer(here), reason), as_json)


@click.command()
@json_option
@db_option
def show(as_json: bool, db: str | None) -> None:
    """The handover sheet as you read it now: the difference since you held the watch last."""
    with room(db) as here:
        from maoc_tui.desk import handover_sheet

        _sheet(handover_sheet.sheet(here, viewer(here)), as_json)


@click.command()
@click.argument("item")
@click.argument("verdict")
@click.argument("words", nargs=-1)
@click.option("--seen", default="", help="The state you read, behind # on the sheet; taken needs it.")
@json_option
@db_option
def walk(item: str, verdict: str, words: tuple[str, ...], seen: str, as_json: bool, db: str | None) -> None:
    """Say of ITEM (its key or reference): taken --seen STATE, question WORDS, or "not accepted" WORDS."""
    with room(db) as here:
        from maoc_tui.desk import handover_walk
        from maoc_tui.problems import BadInput

        if not seen and verdict.strip() and "taken".startswith(verdict.strip().lower()):
            raise BadInput(
                "Say which state of it you read.", "--seen takes what stands behind # on maoc watch show."
            )
        said = handover_walk.say(here, viewer(here), item, verdict, " ".join(words), seen=seen)
        _sheet(said, as_json)


@click.command("answer")
@click.argument("item")
@click.argument("words")
@json_option
@db_option
def answer_(item: str, words: str, as_json: bool, db: str | None) -> None:
    """Answer the question on ITEM."""
    with room(db) as here:
        from maoc_tui.desk import handover_walk

        _sheet(handover_walk.answer(here, viewer(here), item, words), as_json)


@click.command()
@click.argument("item")
@click.argument("owner")
@click.option("--by", "due", metavar="TIME", required=True, help="Until when: 0700Z.")
@json_option
@db_option
def own(item: str, owner: str, due: str, as_json: bool, db: str | None) -> None:
    """Let OWNER have the question on ITEM, until a time: it runs as a clock."""
    with room(db) as here:
        from maoc_tui.desk import handover_walk

        _sheet(handover_walk.own(here, viewer(here), item, owner, due), as_json)


@click.command()
@_WORD
@_OUT
@json_option
@db_option
def sign(word: str, out: str | None, as_json: bool, db: str | None) -> None:
    """Take the watch over that is offered: every red item is walked, no question is open."""
    with room(db) as here:
        from maoc_tui.desk import handover

        _signed(here, lambda who: handover.sign(here, who, word), out, as_json)


@click.command()
@json_option
@db_option
def handovers(as_json: bool, db: str | None) -> None:
    """Handovers of the past: who offered, who signed, the hashes of their sheets."""
    with room(db) as here:
        from maoc_tui.desk import handover

        rows = [shown.handover(one) for one in handover.history(here, viewer(here))]
        columns = ("ref", "at", "by", "outcome", "signed_by", "signed_sha256", "journal")
        answer(as_json, rows, lambda: table(rows, columns) if rows else "No handover yet.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@json_option
@db_option
def prove(file: str, as_json: bool, db: str | None) -> None:
    """Say which handover a sheet in FILE was signed for, and by whom; status 2 where it is none."""
    with room(db) as here:
        from maoc_tui.desk import handover
        from maoc_tui.problems import BadInput

        text = Path(file).read_text("utf-8", "replace")
        ref, who = handover.prove(here, viewer(here), text)
        if not ref:
            raise BadInput(
                "No signed sheet says that: it was changed, or never signed here.",
                "See: maoc watch handovers.",
            )
        answer(as_json, {"ref": ref, "signed_by": who}, f"{ref}, signed by {who}; not a word was changed.")


def _state(one: WatchState, as_json: bool) -> None:
    answer(as_json, shown.state(one), lambda: shown.said(one))


def _sheet(one: HandoverSheet, as_json: bool) -> None:
    from maoc_tui.desk.handover_sheet import printed

    against = "".join(f"! {text}\n" for text in one.against)
    answer(as_json, shown.sheet(one), lambda: f"{printed(one)[0]}{against}".rstrip())


def _signed(here: Room, act: Callable[[Viewer], SignedSheet], out: str | None, as_json: bool) -> None:
    """Sign, and keep the sheet; where its file cannot be written nothing is signed.

    A disk that fails after the signature is told once the sheet has been printed: nothing else has it.
    """
    from maoc_tui.cli.writing import replacing
    from maoc_tui.problems import StoreProblem

    who, made = _takes_out(here, out), None
    try:
        with replacing(Path(out)) if out else nullcontext() as stream:
            made = act(who)
            if stream is not None:
                stream.write(made.text)
    except OSError as error:
        told = f"{out} cannot be written ({error.strerror})"
        if made is None:
            raise StoreProblem(f"{told}; nothing is signed.", "Name another file.") from None
        click.echo(made.text, err=as_json)
        raise StoreProblem(f"{told}; {made.ref} is signed.", "Keep the sheet that was printed.") from None
    text = f"{made.text}{made.ref}: {shown.said(made.state)}"
    answer(as_json, shown.signed(made), text)


def _takes_out(here: Room, out: str | None) -> Viewer:
    """Who signs; a sheet that is written to a file is taken out of the record, before anything is signed."""
    from maoc_tui.desk.taking_out import take_out

    who = viewer(here)
    if out:
        take_out(here, who, "handover", "watch")
    return who


COMMANDS: tuple[Any, ...] = (hand, take_back, show, walk, answer_, own, sign, handovers, prove)
"""What the group ``watch`` takes up."""
