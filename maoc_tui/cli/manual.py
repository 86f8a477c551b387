"""``maoc help``: the manual, chapter by chapter, on any terminal."""

from __future__ import annotations

from pathlib import Path

import click

from maoc_tui.cli.answers import answer, json_option
from maoc_tui.problems import BadInput

DOCS = Path(__file__).resolve().parent.parent / "docs"


def chapters() -> dict[str, Path]:
    """The chapters of the manual by the word that opens them, the overview first."""
    found = {path.stem: path for path in sorted(DOCS.glob("*.md"))}
    return {"manual": found.pop("manual"), **found} if "manual" in found else found


@click.command(name="help")
@click.argument("topic", default="manual")
@json_option
def command(topic: str, as_json: bool) -> None:
    """Show a chapter of the manual; without a name, the overview."""
    known = chapters()
    if topic not in known:
        raise BadInput(f"The manual has no chapter {topic!r}.", f"Chapters: {', '.join(known)}.")
    text = known[topic].read_text(encoding="utf-8")
    value = {"topic": topic, "text": text, "topics": list(known)}
    answer(as_json, value, text.rstrip())
