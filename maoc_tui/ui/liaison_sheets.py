"""Everything on one partner, officer, duty or target's assignments, as lines of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Size

from maoc_tui.domain.partner_facts import ALWAYS, VERIFICATION, day_text
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.liaison_rows import SIGNS, lead
from maoc_tui.ui.lines import Line, Lines

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import BoardRow, OfficerLine, PartnerLine

_LABEL = 12


class Whole(Lines):
    """Lines as high as they are once wrapped."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(sum(len(self._wrapped(line, width)) for line in self._content), 1)


class LongSheet(Sheet):
    """A window of sentences: as high as they need, as far as there is room."""

    def body(self) -> ComposeResult:
        """The lines."""
        lines = Whole()
        lines.show(self.lines)
        yield lines


def _labelled(label: str, text: str, look: str = "text") -> Line:
    return ((label.ljust(_LABEL), "dim"), (printable(text, 600), look))


def partner_lines(line: PartnerLine, local: bool) -> list[Line]:
    """Status with dates and sources, what it reads and may be, instruments."""
    lines: list[Line] = [
        ((f"{line.code} ", "mark"), (printable(line.name, 80), "strong"), (f"  {line.title}", "text")),
        _labelled("class", f"{line.recipient_class}, {line.class_title}"),
    ]
    if line.report:
        told = f"{line.report.status} from {day_text(line.report.on)}, not confirmed: c confirms it"
        lines += [
            _labelled("reported", told, "warn"),
            _labelled("", f"{line.report.source}. {line.report.note}", "dim"),
        ]
    lines += [
        _labelled("reads", _reads(line, local)),
        _labelled("may be", ", ".join(line.roles) or "nothing"),
    ]
    lines += [*_periods(line, local), *_instruments(line)]
    return lines


def _reads(line: PartnerLine, local: bool) -> str:
    if not line.reads:
        return "nothing"
    if line.named_from_ms is None:
        return "its own statements and what is released to it"
    since = "" if line.named_from_ms == ALWAYS else f" since {fmt.day_clock(line.named_from_ms, local, 0)}"
    return f"its own statements, what names it{since}, what is released to it"


def _periods(line: PartnerLine, local: bool) -> list[Line]:
    lines: list[Line] = [(("", "text"),), (("Status", "title"),)]
    for period in reversed(line.periods):
        since = day_text(period.since, period.precision) or "before"
        recorded = ""
        if period.recorded_ms is not None:
            recorded = f", recorded {fmt.day_clock(period.recorded_ms, local, 0)} by {period.by}"
        text = f"{period.status} ({VERIFICATION[period.verification]}{recorded}; {period.source})"
        lines.append(_labelled(since, f"{text}{'. ' + period.note if period.note else ''}"))
    return lines


def _instruments(line: PartnerLine) -> list[Line]:
    if not line.instruments:
        return []
    lines: list[Line] = [(("", "text"),), (("Rests on", "title"),)]
    for entry in line.instruments:
        until = f", until {day_text(entry.until)}" if entry.until else ""
        since = f", from {day_text(entry.since)}" if entry.since else ""
        words = f"{entry.title}{since}{until} ({VERIFICATION[entry.verification]}; {entry.source})"
        lines.append(
            _labelled(entry.kind.replace("_", " ")[: _LABEL - 1], f"{words}. {entry.note}".rstrip(". "))
        )
    return lines


def officer_lines(line: OfficerLine) -> list[Line]:
    """Posting, functions, and every channel in the order to try them."""
    entry = line.officer
    until = f" until {day_text(entry.posted_to)}" if entry.posted_to else ""
    lines: list[Line] = [
        ((f"{entry.partner} ", "mark"), (printable(entry.name, 80), "strong"), (f"  {line.ref}", "dim")),
        _labelled("function", ", ".join(line.functions)),
        _labelled("posted", f"{day_text(entry.posted_from)}{until}", "text" if line.posted else "warn"),
        *([_labelled("agency", entry.agency)] if entry.agency else []),
        *([_labelled("on duty", ", ".join(line.on_duty), "good")] if line.on_duty else []),
        *([_labelled("note", entry.note)] if entry.note else []),
        (("", "text"),),
        (("Channels, in the order to try them", "title"),),
    ]
    for one in line.channels:
        channel = one.channel
        worked = (
            "never tried" if one.age_ms is None else f"worked {fmt.ago(one.age_ms)} ({channel.verified_by})"
        )
        note = f"  {channel.note}" if channel.note else ""
        sign = "▲ " if one.amber else ""
        words = printable(f"{channel.address}{note}", 200)
        look = "warn" if one.amber else "dim"
        lines.append(
            (
                (f"{channel.place} {one.title}".ljust(_LABEL + 3), "dim"),
                (words, "strong"),
                (f"  {sign}{worked}", look),
            )
        )
    return lines if line.channels else [*lines, (("none; C adds one", "warn"),)]


def board_lines(row: BoardRow, now_ms: int, local: bool) -> list[Line]:
    """Who leads a target, who is on it, and every step."""
    text, look = lead(row)
    since = fmt.ago(max(now_ms - row.lead.since_ms, 0))
    lines: list[Line] = [
        ((f"{row.target} ", "mark"), (printable(row.title, 60), "strong"), (f"  {row.status}", "text")),
        ((("lead".ljust(_LABEL)), "dim"), (printable(text, 80), look), (f"  {since}", "dim")),
    ]
    if row.lead.reason:
        lines.append(_labelled("reason", row.lead.reason))
    for cell in row.cells:
        who = " ".join(filter(None, (cell.partner, cell.officer)))
        lines += [
            (("", "text"),),
            ((f"{SIGNS[cell.role]} {cell.role} ", "title"), (printable(who, 80), "strong")),
        ]
        lines += [
            _labelled(
                fmt.short_time(step.at_ms, now_ms, local),
                f"{step.state.lower()} by {step.by}{': ' + step.reason if step.reason else ''}",
            )
            for step in cell.steps
        ]
        lines.append(_labelled("marking", str(cell.marking), "dim"))
    return lines if row.cells else [*lines, (("nobody is on it; a asks a partner", "dim"),)]
