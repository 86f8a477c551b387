"""Everything on one alert as lines of a window, the innocent explanations before what speaks against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maoc_tui.domain.alert_stages import LEVELS
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.alert_snapshots import AlertRow, SilenceLine, WholeAlert, Worth

_LOOKS = ("dim", "warn", "bad")
_LABEL = 13


def banner(row: AlertRow) -> tuple[Line, ...]:
    """Which alert that is, so that nobody acts on the wrong one."""
    about = " + ".join(
        " ".join(filter(None, (one.text, one.number if one.name else "", one.target))) for one in row.contacts
    )
    return (
        (
            (f"{row.ref} ", "mark"),
            (f"{row.title} ", _LOOKS[row.level]),
            (printable(about, 120), "strong"),
        ),
    )


def sheet(found: WholeAlert, now_ms: int, local: bool) -> list[Line]:
    """One alert: what was seen and by which rule, explanations, what was done and why."""
    row = found.row
    lines: list[Line] = [*banner(row), ((printable(row.because, 600), "text"),)]
    lines += [
        _field("level", LEVELS[row.level], _LOOKS[row.level]),
        _field(
            "since",
            f"{fmt.day_clock(row.first_ms, local, now_ms)}, seen last {fmt.day_clock(row.last_ms, local, now_ms)}",
        ),
        _field(
            "where",
            f"{fmt.position(row.lat, row.lon)} {row.zone}"
            if row.lat == row.lat
            else "heard without a position",
        ),
        *(_field("contact" if not at else "", one) for at, one in enumerate(found.contacts)),
        *([_field("asset", row.asset)] if row.asset else []),
        _field("stands", stands(row, now_ms, local)),
    ]
    lines += _block("The figures", [_figure(m.name, m.value, m.limit) for m in found.evidence])
    lines += _block(
        "Innocent, the likeliest first", [f"{at}. {one}" for at, one in enumerate(found.innocent, 1)]
    )
    lines += _block("What speaks against that", list(found.against) or ["nothing that the traffic tells"])
    lines += _block(f"The rule: {found.rule_text or 'in use no more'}", list(found.limits), "dim")
    lines += _block(
        "What was done",
        [_step(fmt.day_clock(s.at_ms, local, now_ms), s.text, s.by, s.reason) for s in found.steps],
    )
    for note in found.notes:
        lines.append(
            _field(
                "note", f"{note.text} ({note.by}, {fmt.day_clock(note.at_ms, local, now_ms)}) {note.marking}"
            )
        )
    return lines


def stands(row: AlertRow, now_ms: int, local: bool) -> str:
    """Where an alert stands, in words."""
    worth = {True: "worth the time", False: "not worth the time", None: ""}[row.useful]
    return ", ".join(
        filter(
            None,
            (
                "withdrawn: late data dissolved it" if row.withdrawn else row.stage,
                "the cause is over" if row.over else "",
                f"heard by {row.heard}" if row.heard else "nobody heard it" if row.pending else "",
                f"escalated by {row.escalated}" if row.escalated else "",
                f"silenced until {fmt.day_clock(row.quiet.until_ms, local, now_ms)}" if row.quiet else "",
                f"became {' '.join(row.became)}" if row.became else "",
                worth,
            ),
        )
    )


def silence_lines(found: tuple[SilenceLine, ...], now_ms: int, local: bool) -> list[Line]:
    """The silences that last, the one that ends first on top."""
    lines: list[Line] = []
    for one in found:
        lines.append(
            ((f"{one.ref} ", "mark"), (printable(one.subject, 60), "strong"), (f"  {one.title}", "text"))
        )
        until = f"until {fmt.day_clock(one.until_ms, local, now_ms)}, {one.by}"
        lines.append(_field("", f"{until}{': ' + one.reason if one.reason else ''}", "dim"))
    return lines or [(("Nothing is silenced.", "dim"),)]


def worth_lines(found: Worth, now_ms: int, local: bool) -> list[Line]:
    """Precision per rule with its n, and the budget of the watch."""
    held = found.budget
    heard = held.raised - held.silenced
    lines: list[Line] = [
        (
            (f"This watch: {heard} of {held.budget} alerts since ", "text"),
            (fmt.day_clock(held.since_ms, local, now_ms), "text"),
            (f", {held.silenced} silenced", "dim"),
            ("  ▲ more than a watch can bear" if held.over else "", "bad"),
        ),
        ((f"Since {fmt.day_clock(found.from_ms, local, now_ms)}, of what you see:", "title"),),
    ]
    for one in found.rules:
        rate = f"{100 * one.rate:3.0f} %" if one.rate is not None else "  – "
        lines.append(
            (
                (f"{printable(found.titles[one.rule], 22):<23}", "strong"),
                (f"{rate}  ", "bad" if one.retire else "text"),
                (f"{one.useful} useful of {one.decided} decided, {one.raised} raised", "text"),
                ("  ▲ proposed for retirement" if one.retire else "", "bad"),
            )
        )
    return lines


def _block(title: str, texts: list[str], look: str = "text") -> list[Line]:
    return [
        (("", "text"),),
        ((printable(title, 300), "title"),),
        *(((f"  {printable(one, 600)}", look),) for one in texts),
    ]


def _field(label: str, text: str, look: str = "text") -> Line:
    return ((label.ljust(_LABEL), "dim"), (printable(text, 600), look))


def _figure(name: str, value: str, limit: str) -> str:
    return f"{name}: {value}{f' ({limit})' if limit else ''}"


def _step(at: str, text: str, by: str, reason: str) -> str:
    return f"{at}  {text}{f' ({by})' if by else ''}{': ' + reason if reason else ''}"
