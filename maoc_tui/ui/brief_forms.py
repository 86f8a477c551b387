"""The forms of the Briefs screen: drafting, the second person's word, issuing, recalling, asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.releases import WORDED
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import briefs_desk as line
from maoc_tui.ui.asking import Answered
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.brief_grid import GridLine
    from maoc_tui.desk.brief_stops import Stop
    from maoc_tui.desk.briefing import Summary

Values = Mapping[str, str]
_TOLD = 4
"""Statements whose reason and wording a form has room for."""
Work = Callable[[Values, Callable[[str], None]], Any]


class WorkForm(Form):
    """A form whose work takes a while: it says how far it is, and Esc stops it with nothing kept."""

    def __init__(
        self, title: str, fields: Sequence[Field], work: Work, *, banner: Sequence[Line] = ()
    ) -> None:
        super().__init__(title, fields, banner=banner, draft=title)
        self._work_of, self._stopped = work, False

    def save(self, values: Values) -> Any:
        """Do it, in a worker."""
        self._stopped = False
        return self._work_of(values, self._step)

    def _step(self, text: str) -> None:
        """One step begins; the place to stop. Called in the worker."""
        if self._stopped:
            raise BadInput("Stopped.", "Nothing was kept or written.")
        self.app.post_message(Answered(self._say_step, text))

    def _say_step(self, text: str) -> None:
        if self.is_mounted and self._busy:
            self.note([((f"{printable(text, 200)} …", "text"), ("  Esc stops", "dim"))])

    def action_leave_form(self) -> None:
        """Close; while it works, stop it."""
        if self._busy:
            self._stopped = True
            self.note([(("stopping …", "warn"),)])
        else:
            super().action_leave_form()


def draft(desk: LiveDesk, codes: Sequence[str]) -> WorkForm:
    """Compile and keep a copy for each recipient."""
    fields = [
        Field("date", "day", hint="2022-12-13 – empty: today"),
        Field("for", "for", hint="ES FR BE – empty: all of them"),
    ]
    banner: list[Line] = [
        (("for ", "dim"), (" ".join(codes), "mark")),
        (("A second officer approves it; until then nothing goes out.", "text"),),
    ]
    return WorkForm(
        "Draft the brief", fields,
        lambda values, said: line.draft(desk, values["for"], values["date"], said), banner=banner,
    )  # fmt: skip


def approve(desk: LiveDesk, one: Summary) -> WorkForm:
    """The second person types the digest of the draft that was read."""

    def work(values: Values, said: Callable[[str], None]) -> Any:
        return line.approve(desk, one.name, values["digest"], said)

    banner: list[Line] = [
        ((f"{one.name}  ", "strong"), (f"compiled by {printable(one.by, 60)}  ", "text"),
         (f"{len(one.recipients)} copies: {' '.join(one.recipients)}", "mark")),
        (("Its words and the hash of every file stand from then on.", "text"),),
    ]  # fmt: skip
    fields = [
        Field("digest", "digest", hint="eight signs at the head of every copy: v reads one", kept=False)
    ]
    return WorkForm(f"{one.name}: approve as the second person", fields, work, banner=banner)


def issue(desk: LiveDesk, one: Summary, folder: Path | None) -> WorkForm:
    """Where to, for whom, in which forms."""

    def work(values: Values, said: Callable[[str], None]) -> Any:
        if not values["folder"].strip():
            raise BadInput("No folder is named.", "Type the folder the files are to go into.")
        return line.issue(
            desk, one.name, Path(values["folder"].strip()), values["for"], values["forms"], said
        )

    fields = [
        Field("folder", "folder", str(folder) if folder else "", "/srv/maoc/out"),
        Field("for", "for", hint=f"empty: {' '.join(one.recipients)}"),
        Field("forms", "forms", hint="txt pdf html … – empty: all that were approved"),
    ]
    banner: list[Line] = [
        ((f"{one.name}  ", "strong"), ("byte for byte as approved; nothing there is written over", "text"))
    ]
    return WorkForm(f"{one.name}: issue", fields, work, banner=banner)


def recall(desk: LiveDesk, one: Summary, about: GridLine) -> WorkForm:
    """Why a line is to be recalled."""

    def work(values: Values, _: Callable[[str], None]) -> Any:
        return about.ref, line.recall(desk, one.name, about.ref, values["reason"])

    banner: list[Line] = [
        ((f"{one.name}  {printable(about.ref, 60)}  ", "strong"), (printable(about.text, 300), "text"))
    ]
    fields = [Field("reason", "reason", hint="stays in the journal; holders are told the reference alone")]
    return WorkForm(f"{one.name}: RECALL the line on {printable(about.ref, 60)}", fields, work, banner=banner)


def ask(desk: LiveDesk, of: str, about: GridLine, code: str, stops: Sequence[Stop]) -> WorkForm:
    """Ask the originators of one cell, statement by statement in other words where those are wanted."""
    worded = {f"wording{at}": one for at, one in enumerate(_worded(stops), 1)}

    def work(values: Values, _: Callable[[str], None]) -> Any:
        typed = {one.statement: values[at].strip() for at, one in worded.items() if values[at].strip()}
        return line.ask(desk, of, about.key, code, values["reason"], values["due"], typed)

    banner: list[Line] = [
        ((f"{printable(about.ref, 60)} → {code}  ", "strong"), (printable(about.text, 200), "text")),
        *(((printable(one.why, 300), "warn"),) for one in stops[:_TOLD]),
    ]
    fields = [
        Field("reason", "reason", hint=f"why {code} needs it; the originator reads this"),
        Field("due", "answer due", hint="140758Z – empty: in 24 hours"),
        *(
            Field(at, "wording", hint=f"of the {one.kind.replace('_', ' ')} – empty: as it stands")
            for at, one in worded.items()
        ),
    ]
    return WorkForm(f"Ask for {printable(about.ref, 60)} to go to {code}", fields, work, banner=banner)


def _worded(stops: Sequence[Stop]) -> list[Stop]:
    """The statements that can be put in other words, as many as a form holds."""
    return [one for one in stops if one.kind in WORDED][:_TOLD]
