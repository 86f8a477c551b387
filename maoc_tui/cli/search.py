"""``maoc search``: one search over everything, as ``:find`` in the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer

if TYPE_CHECKING:
    from maoc_tui.desk.search_snapshots import Hit, Results


@click.command()
@click.argument("text", nargs=-1)
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Hits of a kind at most."
)
@click.option("--rebuild", is_flag=True, help="Make the index anew, when maoc doctor says so.")
@json_option
@db_option
def command(text: tuple[str, ...], limit: int, rebuild: bool, as_json: bool, db: str | None) -> None:
    """Find TEXT in everything you may see: names now and before, numbers, descriptions, log lines, requests.

    Accents, case and word order do not matter; words of four letters and more may have one letter wrong.
    """
    if rebuild:
        _rebuild(as_json, db)
        return
    from maoc_tui.desk import search

    with room(db) as here:
        found = search.search(here, viewer(here), " ".join(text), limit)
    answer(as_json, as_json_value(found), lambda: _text(found))


def _rebuild(as_json: bool, db: str | None) -> None:
    from maoc_tui.desk import search_keeping

    with room(db) as here:
        count = search_keeping.rebuild(here, viewer(here))
    answer(as_json, {"indexed": count}, f"{count:,} lines are indexed.")


def as_json_value(found: Results) -> dict[str, Any]:
    """The answer for scripts: hits by kind, the best first."""
    return {
        "text": found.text,
        "total": found.total,
        "more": found.more,
        "groups": [
            {
                "kind": one.kind,
                "total": one.total,
                "more": one.more,
                "hits": [hit_json(hit) for hit in one.hits],
            }
            for one in found.groups
        ],
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """One hit for scripts."""
    from maoc_tui.desk.listing import iso

    return {
        "kind": hit.kind,
        "ref": hit.ref,
        "title": hit.title or None,
        "text": hit.text,
        "at": iso(hit.when_ms) if hit.when_ms else None,
        "quality": hit.quality.name.lower(),
        "lines": hit.lines,
        "corrected": hit.corrected,
        "marking": str(hit.marking) if hit.marking is not None else None,
    }


def _text(found: Results) -> str:
    parts = []
    for one in found.groups:
        rows = [{**hit_json(hit), "text": _line(hit)} for hit in one.hits]
        more = ", the best of them: --limit tells more" if one.more else ""
        parts.append(
            f"{one.title}: {one.count}{more}\n{table(rows, ('ref', 'title', 'text', 'at', 'marking'))}"
        )
    return "\n\n".join(parts) or "Nothing of what you may see answers to that."


def _line(hit: Hit) -> str:
    return f"{hit.text} (corrected since)" if hit.corrected else hit.text
