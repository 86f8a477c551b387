"""What the watch log itself brings to a handover: promises, open questions, the free lines, what was put right."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.desk import watch_log
from maoc_tui.desk.handover_items import TEXT, Reading, dtg, few
from maoc_tui.desk.handover_markings import combined
from maoc_tui.desk.watch_snapshots import WatchLine
from maoc_tui.domain.handover import CHANGED, ENDED, NEW, Item
from maoc_tui.domain.text import printable
from maoc_tui.domain.watch_rules import BRIEF, FREE, NOTE, QUESTION


def logged(made: Reading) -> Iterator[Item]:
    """Promises and questions with a time, free lines since, corrections, and how many notes there are."""
    lines = watch_log.handed(made.room, made.viewer, made.since_ms)
    runs = sorted((one for one in lines if one.runs), key=lambda one: (one.due_ms, one.ref))
    for section, kind in (("promises", ""), ("questions", QUESTION)):
        mine = [one for one in runs if (one.kind == QUESTION) == bool(kind)]
        yield from few(made, (_promise(made, one, section) for one in mine), section, "maoc watch list")
    fresh = [one for one in lines if one.entered_ms >= made.since_ms]
    ended = sorted((one for one in lines if _ended(made, one)), key=lambda one: -one.done_entered_ms)
    yield from few(made, (_done(one) for one in ended), "promises", "done; maoc watch list", "promises done")
    wrong = [one for one in reversed(fresh) if one.corrects]
    yield from few(
        made, (_put_right(one) for one in wrong), "corrections", "maoc watch list", "corrections of the log"
    )
    yield from (_free(one) for one in fresh if one.kind in (*FREE, BRIEF) and one.stands)
    notes = [
        one for one in fresh if one.kind == NOTE and one.stands and one.due_ms is None and not one.corrects
    ]
    if notes:
        text = f"{len(notes)} line{'s' * (len(notes) > 1)} in the watch log, the last: {notes[-1].text}"
        yield Item(
            "notes", "lines", NEW, "", printable(text, TEXT), "", combined(one.marking for one in notes)
        )


def _promise(made: Reading, one: WatchLine, section: str) -> Item:
    """A promise that runs; a question owned in this very walk need not be walked again."""
    assert one.due_ms is not None
    text = printable(f"due {dtg(one.due_ms)}  {one.text}  ({one.by})", TEXT)
    agreed = section == "questions" and made.offered_ms is not None and one.entered_ms >= made.offered_ms
    sign, red = made.sign(one.entered_ms), "" if agreed else made.runs_out(one.due_ms)
    return Item(f"promise {one.ref}", section, sign, one.ref, text, red, one.marking)


def _ended(made: Reading, one: WatchLine) -> bool:
    return one.due_ms is not None and one.done_entered_ms >= made.since_ms


def _done(one: WatchLine) -> Item:
    text = printable(f"{one.text}: {one.done}", TEXT)
    return Item(f"promise {one.ref} done", "promises", ENDED, one.ref, text, "", one.marking)


def _put_right(one: WatchLine) -> Item:
    what = f"{one.corrects} withdrawn" if one.withdrawal else f"{one.corrects} corrected"
    return Item(
        f"corrections {one.ref}", "corrections", CHANGED, one.ref, printable(f"{what}: {one.text}", TEXT), "",
        one.marking,
    )  # fmt: skip


def _free(one: WatchLine) -> Item:
    text = printable(f"{one.title}: {one.text}  ({one.by})", TEXT)
    return Item(f"line {one.ref}", "lines", NEW, one.ref, text, "", one.marking)
