"""``maoc release`` and ``maoc recall``: what may be shown to whom by the recorded decision of two persons."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.problems import BadInput


@click.group(name="release")
def command() -> None:
    """Propose, approve, refuse and list releases; the checklist; what is still to be done."""


def _draft(ref: str, given: dict[str, Any]) -> Any:
    from maoc_tui.desk.release import Draft
    from maoc_tui.domain.safeguards import Answer

    answers = {}
    for name, said in map(_pair, given.pop("answer")):
        key, _, note = said.partition(":")
        answers[name.upper()] = Answer(key.strip(), note.strip())
    if need := given.pop("need", ""):
        answers["Q01"] = Answer(note=need)
    if who := given.pop("authority", ""):
        answers["Q09"] = Answer(note=who)
    wordings = dict(map(_pair, given.pop("wording", ())))
    return Draft(ref, given.pop("partner"), given.pop("line", ()), wordings, answers, **given)


def _pair(text: str) -> tuple[str, str]:
    name, parted, said = text.partition("=")
    if not parted:
        raise BadInput(f"{text[:60]!r} says nothing.", "Write it as Q05=no, or ID=the other wording.")
    return name.strip(), said.strip()


def _choice_options(function: Any) -> Any:
    for option in (
        click.option("--answer", multiple=True, metavar="Q05=no",
                     help="An answer of the checklist, with what must be written beside it: Q12=37:'Article 5'."),
        click.option("--wording", multiple=True, metavar="ID=TEXT", help="What stands for a line's text."),
        click.option("--line", multiple=True, metavar="ID", help="A line beside REF itself."),
        click.option("--for", "partner", required=True, metavar="XX", help="The partner."),
    ):  # fmt: skip
        function = option(function)
    return function


@command.command()
@click.argument("ref")
@_choice_options
@json_option
@db_option
def lines(ref: str, as_json: bool, db: str | None, **given: Any) -> None:
    """What a release of REF (T-, OP-, SZ-, AS-) comes to: each line, its id, who must permit it, what is missing."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        draft = _draft(ref, given)
        if not draft.lines:
            draft = release.all_lines(here, viewer(here), draft)
        seen = release.look(here, viewer(here), draft)
        answer(as_json, say.looked(seen), lambda: say.looked_text(seen))


@command.command()
@click.option("--for", "partner", required=True, metavar="XX", help="The partner.")
@json_option
@db_option
def checklist(partner: str, as_json: bool, db: str | None) -> None:
    """The questions a release to XX brings today, with the answers that may be given."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        found = release.questions(here, viewer(here), partner)
    value = [say.checked(line) for line in found]
    answer(as_json, value, lambda: "\n".join(map(_question, value)))


def _question(asked: dict[str, Any]) -> str:
    sure = "" if asked["verification"] == "V" else " (not verified)"
    head = f"{asked['id']} [{asked['level']}] {asked['question']}\n     {asked['source']}{sure}"
    answers = [
        f"     {one['key']:<12}{one['text']}" + (f"  – write {one['needs']}" if one["needs"] else "")
        for one in asked["answers"]
    ]
    return "\n".join((head, *answers)) if answers else f"{head}\n     {asked['text']}"


@command.command()
@click.argument("ref")
@_choice_options
@click.option("--need", default="", help="The operational need (Q01).")
@click.option("--authority", default="", help="Who authorised it in your state (Q09).")
@click.option("--condition", default="", help="A condition beside the usual one.")
@click.option("--until", default="", metavar="DTG", help="When it ends.")
@click.option(
    "--emergency", is_flag=True, help="Threat to life: the need and the threat are enough; tasks follow."
)
@click.option("--threat", default="", help="To whose life, or what, in an emergency.")
@json_option
@db_option
def propose(ref: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Propose to release REF and chosen lines; nobody sees anything until a second officer approves."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        made = release.propose(here, viewer(here), _draft(ref, given))
        now = here.clock.now_ms()
        answer(as_json, say.proposal(made, now), lambda: say.proposal_text(made, now))


@command.command()
@click.argument("ref")
@click.option("--word", required=True, metavar="'BE 2'", help="Typed: whom it goes to and how many lines.")
@json_option
@db_option
def approve(ref: str, word: str, as_json: bool, db: str | None) -> None:
    """Approve release REF as the second person; it is visible from then on."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        made = release.approve(here, viewer(here), ref, word)
        now = here.clock.now_ms()
        answer(as_json, say.proposal(made, now), lambda: say.proposal_text(made, now))


@command.command()
@click.argument("ref")
@click.option("--reason", required=True, help="Why; it is kept.")
@json_option
@db_option
def refuse(ref: str, reason: str, as_json: bool, db: str | None) -> None:
    """Refuse release REF, or take your own proposal back."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        made = release.refuse(here, viewer(here), ref, reason)
        now = here.clock.now_ms()
        answer(as_json, say.proposal(made, now), lambda: say.proposal_text(made, now))


@command.command("list")
@click.option("--received", is_flag=True, help="What was released to your own partner, with its conditions.")
@json_option
@db_option
def list_(received: bool, as_json: bool, db: str | None) -> None:
    """Releases, the newest first: what went to whom, when, why, and what became of it."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        now = here.clock.now_ms()
        if received:
            held = release.received(here, viewer(here))
            value = [
                {"ref": one.ref, "kind": one.kind, "id": one.statement, "since": say.iso(one.since_ms),
                 "until": say.iso(one.until_ms), "condition": one.condition}
                for one in held
            ]  # fmt: skip
            told = (f"{one['ref']} {one['kind']} since {one['since']}: {one['condition']}" for one in value)
            answer(as_json, value, lambda: "\n".join(told) or "Nothing was released to you.")
            return
        found = release.proposals(here, viewer(here))
        texts = (say.proposal_text(made, now) for made in found)
        answer(as_json, [say.proposal(made, now) for made in found], lambda: "\n".join(texts) or "None yet.")


@command.command()
@click.argument("ref")
@json_option
@db_option
def show(ref: str, as_json: bool, db: str | None) -> None:
    """One release with its lines, its checklist and everybody who holds a line of it."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        now = here.clock.now_ms()
        made = release.proposal(here, viewer(here), ref)
        held = release.holders(here, viewer(here), ref)
        value = say.proposal(made, now) | {"holders": [say.holder(one) for one in held]}
        told = (f"  {one.partner} {one.line}: {one.how}" for one in held)
        answer(as_json, value, lambda: "\n".join((say.proposal_text(made, now), *told)))


@command.command()
@click.option("--all", "all_", is_flag=True, help="What was done too.")
@json_option
@db_option
def tasks(all_: bool, as_json: bool, db: str | None) -> None:
    """What releases and recalls left to be done, the first due first."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        found = [say.task(one) for one in release.tasks(here, viewer(here), all_of_them=all_)]
    told = (f"{one['id'][:8]} {one['release']} due {one['due']}: {one['text']}" for one in found)
    answer(as_json, found, lambda: "\n".join(told) or "Nothing is left to be done.")


@command.command()
@click.argument("task")
@click.option("--words", required=True, help="What was done.")
@json_option
@db_option
def done(task: str, words: str, as_json: bool, db: str | None) -> None:
    """Record that TASK (its id, or the beginning of it) was done, and how."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        one = release.finish(here, viewer(here), task, words)
        answer(as_json, say.task(one), f"Done: {one.text}.")


@click.command(name="recall")
@click.argument("ref")
@click.option("--reason", required=True, help="Why; it is told to every holder.")
@json_option
@db_option
def recall(ref: str, reason: str, as_json: bool, db: str | None) -> None:
    """Take release REF back now; names everybody who holds a line of it, with a draft of what to tell them."""
    with room(db) as here:
        from maoc_tui.cli import release_json as say
        from maoc_tui.desk import release

        gone = release.recall(here, viewer(here), ref, reason)
        value = {
            "ref": gone.ref, "partner": gone.partner, "lines": gone.lines,
            "holders": [say.holder(one) for one in gone.holders],
        }  # fmt: skip
        head = f"{gone.ref}: {gone.lines} lines are hidden from {gone.partner} from now on."
        told = (f"  {one.partner} {one.line}: {one.how}" + (f"\n    {one.draft}" if one.draft else "")
                for one in gone.holders)  # fmt: skip
        answer(as_json, value, lambda: "\n".join((head, *told)))
