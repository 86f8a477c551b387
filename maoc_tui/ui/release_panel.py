"""The release panel: one subject, one partner, line by line what it sees and why, and what may go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from maoc_tui.commands import DIALOG, RELEASE
from maoc_tui.problems import BadInput
from maoc_tui.ui import release_desk as line
from maoc_tui.ui import release_forms as forms
from maoc_tui.ui import release_rows as rows
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.list_window import ListWindow
from maoc_tui.ui.release_checklist import Checklist

if TYPE_CHECKING:
    from maoc_tui.desk.release import Panel, PanelLine, Recipient
    from maoc_tui.ui.desk_app import DeskApp

_FOOT = "Space take · e word · v view · w why · A ask · c check · p propose · ! urgent"
Kept = dict[str, Any]


class PartnerWindow(ListWindow):
    """Partners to choose from, as they stand on this date."""

    def __init__(self, ref: str, found: tuple[Recipient, ...]) -> None:
        super().__init__(f"{ref}: release to whom?", rows.PARTNERS, "j k choose · Enter takes it · Esc close")
        self._found = found

    def show_rows(self) -> None:
        """Every partner that can be shown anything today; those whom naming does not reach come first."""
        self.list.show(
            rows.partner_rows(sorted(self._found, key=lambda to: to.standing.named_from_ms is not None))
        )


class ReleasePanel(ListWindow):
    """What a partner sees of something, and a release in the making. What was chosen is there again next time."""

    BINDINGS = bindings(DIALOG, RELEASE)
    kept: ClassVar[dict[tuple[str, ...], Kept]] = {}
    """Lines, wordings and answers of releases not proposed yet, by officer, reference and partner."""

    def __init__(self, app: DeskApp, ref: str, partner: str) -> None:
        super().__init__(f"Release {ref} → {partner}", rows.LINES, _FOOT, empty="reading …")
        self._app, self._ref, self._partner = app, ref, partner
        self._panel: Panel | None = None
        viewer = app.desk.viewer
        key = (viewer.officer or viewer.name, viewer.partner, ref, partner)
        self._draft = self.kept.setdefault(key, {"lines": (), "wordings": {}, "answers": {}})

    def show_rows(self) -> None:
        """Read it anew: asking, releasing and recalling change what stands here."""
        desk, ref, partner = self._app.desk, self._ref, self._partner
        self._app.read(lambda: line.panel(desk, ref, partner), self._take, self.failed)

    def _take(self, panel: Any) -> None:
        self._panel = panel
        if self.is_mounted:
            self.head(rows.panel_head(panel))
            self._show()

    def _show(self) -> None:
        if self._panel is not None:
            self.list.show(rows.line_rows(self._panel, self._chosen, self._draft["wordings"]))

    @property
    def _chosen(self) -> frozenset[str]:
        """Ids of the lines chosen with all that they belong to; itself with any of them, or alone."""
        return (
            self._panel.with_above(self._draft["lines"]) if self._panel else frozenset(self._draft["lines"])
        )

    def _here(self) -> PanelLine:
        for one in self._panel.lines if self._panel else ():
            if one.line.id == self.list.cursor_key:
                return one
        raise BadInput("No line is selected.", "Choose one with j and k.")

    def action_accept(self) -> None:
        """Choose the line, or not."""
        self.action_release_choose()

    def action_release_choose(self) -> None:
        """Choose the line under the cursor for the release, or not."""
        one = self._here()
        if self._panel is not None and one is self._panel.lines[0]:
            self.say(
                f"{self._ref} itself comes with every line: without it nobody sees a line of it.", "warn"
            )
            return
        picked = set(self._draft["lines"])
        if one.line.id in self._chosen - picked:
            self.say("A line that you chose belongs to it: it comes along.", "warn")
            return
        self._draft["lines"] = tuple(sorted(picked ^ {one.line.id}))
        self.say("")
        self._show()

    def action_release_wording(self) -> None:
        """Another wording, beside the original."""
        one = self._here()
        if not one.wordable:
            self.say("It is released as it is, or not at all.", "warn")
            return
        wordings, key = self._draft["wordings"], one.line.id

        def written(values: Any) -> None:
            if values is not None:
                wordings.pop(key, None)
                if values["wording"].strip() and values["wording"].strip() != one.line.text:
                    wordings[key] = values["wording"].strip()
                self._show()

        now = wordings.get(key, one.line.text)
        self.app.push_screen(
            forms.wording(one.line.title, one.line.text, now, f"wording {self._ref} {self._partner} {key}"),
            written,
        )

    def action_release_preview(self) -> None:
        """What the partner would read, and nothing else."""
        if self._panel is not None:
            lines = rows.preview(self._panel, self._chosen, self._draft["wordings"])
            title = f"As {self._partner} would read {self._ref}"
            self.app.push_screen(Sheet(title, lines).add_class("-seen-as"))

    def action_release_why(self) -> None:
        """Why the partner sees the line, or not, and who must permit it."""
        one = self._here()
        self.app.push_screen(Sheet(f"{self._partner} and: {one.line.title}", [
            (("now        ", "dim"), (one.why, "good" if one.seen else "warn")),
            (("permission ", "dim"), (one.permission.reason, "good" if one.permission.given else "warn")),
            (("marking    ", "dim"), (str(one.line.marking), "text")),
            (("original   ", "dim"), (one.line.text, "text")),
        ]))  # fmt: skip

    def action_release_ask(self) -> None:
        """Ask the originators of the chosen lines."""
        form = forms.ask(
            self._app.desk, self._ref, self._partner, sorted(self._chosen), self._draft["wordings"]
        )
        self._fill(form, lambda made: f"Asked: {', '.join(f'{one.ref} {one.originator}' for one in made)}.")

    def action_release_checklist(self) -> None:
        """Answer the checklist."""
        window = Checklist(self._app.desk, self._ref, self._partner, self._draft)
        self.app.push_screen(window)

    def action_release_propose(self) -> None:
        """Propose it to the second person."""
        self._fill(forms.propose(self._app.desk, self._ref, self._partner, self._draft), self._proposed)

    def action_release_emergency(self) -> None:
        """Propose it with two fields, for a threat to life."""
        self._fill(forms.emergency(self._app.desk, self._ref, self._partner, self._draft), self._proposed)

    def _proposed(self, made: Any) -> str:
        self._draft.update(lines=(), wordings={}, answers={})
        who = "Another officer, signed in as that officer, approves it"
        return f"{made.ref} is proposed; nobody sees anything yet. {who}: :releases"

    def _fill(self, form: Any, told: Any) -> None:
        def done(made: Any) -> None:
            if made is not None:
                self.say(told(made), "good")
                self.show_rows()

        self.app.push_screen(form, done)


def open_panel(app: DeskApp, ref: str, partner: str = "") -> None:
    """Choose a partner, unless one is named, and open the release panel on it."""
    if app.desk.viewer.seeing_as:
        raise BadInput(
            f"Nothing is released while you see as {app.desk.viewer.seeing_as}.", "Esc leaves the view."
        )
    if partner.strip():
        app.push_screen(ReleasePanel(app, ref, partner.strip().upper()))
        return

    def chosen(code: Any) -> None:
        if code is not None:
            app.push_screen(ReleasePanel(app, ref, str(code)))

    def listed(found: Any) -> None:
        app.push_screen(PartnerWindow(ref, found), chosen)

    app.read(lambda: line.recipients(app.desk), listed)
