"""The search window: a field, and below it everything that answers, by kind; Enter opens it where it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from maoc_tui.domain.search import LONGEST
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui import format as fmt
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.field import FieldInput
from maoc_tui.ui.list_window import ListWindow, TextRows
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from maoc_tui.desk.search_snapshots import Hit, Results
    from maoc_tui.ui.desk_app import DeskApp

COLUMNS = (
    Column("kind", "", 10, 1),
    Column("ref", "Ref", 13, 1),
    Column("title", "What", 14, 1, grow=True),
    Column("text", "Where it says so", 16, 1, grow=True),
    Column("when", "When", 11, 2),
    Column("marking", "Marking", 14, 1),
)
_FOOT = "Enter searches, then opens · Tab field and list · Esc closes"
_QUALITY = {"NEAR": "≈ ", "INSIDE": "… "}
"""Sign before what answers less than word for word."""


class SearchWindow(ListWindow):
    """One search over everything the viewer may see; dismissed with the hit to open."""

    def __init__(self, app: DeskApp, text: str = "") -> None:
        super().__init__(
            "Search everything you may see",
            COLUMNS,
            _FOOT,
            empty="a name, a number, a reference, words in any order",
        )
        self._app, self._text = app, text
        self._hits: dict[str, Hit] = {}
        self._asked = ""
        """What was looked for last: an answer to anything else comes too late."""
        self.field = FieldInput(text, max_length=LONGEST, compact=True, id="search-field")
        self.found: Results | None = None
        """What was found last."""

    def compose(self) -> ComposeResult:
        """Title, field, head, list, note, foot."""
        with Vertical(classes="window listing"):
            yield Static(Content(self._title), classes="window--title")
            yield self.field
            yield Banner(id="window-head")
            yield self.list
            yield Banner(id="window-note")
            yield Static(Content(self._foot), classes="window--foot")

    def show_rows(self) -> None:
        """Type at once; what was given is looked for at once."""
        self.field.cursor_blink = False
        self.field.focus()
        if self._text.strip():
            self._search(self._text)

    @on(Input.Submitted, "#search-field")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._search(event.value)

    def _search(self, text: str) -> None:
        from maoc_tui.ui import liaison_desk as line

        desk, self._asked, self._hits = self._app.desk, text, {}
        self.list.say("")
        self.list.show(TextRows(()), anew=True)
        self.say("searching …", "dim")
        self._app.read(
            lambda: line.act(desk, "search.search", text),
            lambda found: self._take(text, found),
            lambda problem: self._refused(text, problem),
        )

    def _take(self, asked: str, found: Results) -> None:
        if not self.is_mounted or asked != self._asked:
            return
        self.found = found
        self.say("")
        self._hits = {f"{hit.kind} {hit.ref} {at}": hit for at, hit in enumerate(_flat(found))}
        self.list.say("nothing of what you may see answers to that")
        self.list.show(TextRows(self._rows()), anew=True)
        self.head([self._head(found)])
        if self._hits and self.field.value == asked:
            self.list.focus()

    def _refused(self, asked: str, problem: Problem) -> None:
        """Say what cannot be looked for; the field has the keys."""
        if asked == self._asked:
            self.failed(problem)
            self.field.focus()

    def _head(self, found: Results) -> tuple[Cell, ...]:
        groups = " · ".join(f"{group.title} {group.count}" for group in found.groups)
        strictest = highest(hit.marking for hit in self._hits.values() if hit.marking is not None)
        return (
            (f"{found.count} found", "strong"),
            (f"  {groups}" if groups else "", "text"),
            (f"  highest {strictest}" if strictest else "", "mark"),
        )

    def _rows(self) -> list[tuple[str, tuple[Cell, ...]]]:
        now, local, rows, before = self._app.clock.now_ms(), self._app.local, [], ""
        titles = {group.kind: group.title for group in self.found.groups} if self.found else {}
        for key, hit in self._hits.items():
            group = titles[hit.kind] if hit.kind != before else ""
            before = hit.kind
            rows.append((key, _cells(hit, group, now, local)))
        return rows

    def action_accept(self) -> None:
        """Open the record under the cursor."""
        hit = self._hits.get(str(self.list.cursor_key or ""))
        if hit is not None:
            self.dismiss(hit)

    def on_key(self, event: Any) -> None:
        """From the field down into the list, and back with Tab."""
        if event.key in ("down", "tab", "shift+tab"):
            to_list = self.field.has_focus
            if to_list and not self._hits:
                return
            if event.key == "down" and not to_list:
                return
            (self.list if to_list else self.field).focus()
            event.stop()
            event.prevent_default()


def _flat(found: Results) -> list[Hit]:
    return [hit for group in found.groups for hit in group.hits]


def _cells(hit: Hit, group: str, now_ms: int, local: bool) -> tuple[Cell, ...]:
    same = hit.text == hit.title
    said = "" if same else f"{_QUALITY.get(hit.quality.name, '')}{printable(hit.text, 200)}"
    if hit.corrected:
        said = f"corrected since: {printable(hit.text, 180)}"
    title = f"{_QUALITY.get(hit.quality.name, '') if same else ''}{printable(hit.title, 120)}"
    return (
        (group, "dim"),
        (printable(hit.ref, 20), "strong"),
        (title, "text"),
        (said, "warn" if hit.corrected else "text"),
        (fmt.short_time(hit.when_ms, now_ms, local) if hit.when_ms else "", "dim"),
        (str(hit.marking) if hit.marking is not None else "open", "mark"),
    )


def open_search(app: DeskApp, text: str) -> None:
    """Open the window; what is chosen in it is opened where it is shown."""
    from maoc_tui.ui.going import note_opened, open_record

    def chosen(hit: Any) -> None:
        if hit is not None:
            open_record(app, hit.kind, hit.ref)
            note_opened(app, hit.ref)

    app.push_screen(SearchWindow(app, text), chosen)
