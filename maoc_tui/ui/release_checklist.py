"""The checklist before a release, answered by keys: Enter opens a question, its answers are a list."""

from __future__ import annotations

from typing import Any

from textual import on

from maoc_tui.commands import CHECKLIST, DIALOG
from maoc_tui.domain.safeguards import Answer, Asked, Line, Question, State
from maoc_tui.domain.text import printable
from maoc_tui.ui import release_desk as desk_line
from maoc_tui.ui import release_rows as rows
from maoc_tui.ui.columns import Column
from maoc_tui.ui.form import Field
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.list_window import ListWindow, TextRows
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.release_forms import WordsForm

_CHOICES = (
    Column("key", "", 11, 1),
    Column("text", "Answer", 40, 1, grow=True),
    Column("needs", "Write", 30, 2),
)


class AnswerWindow(ListWindow):
    """The answers that may be given to one question."""

    def __init__(self, question: Question) -> None:
        super().__init__(
            f"{question.id} {question.text}", _CHOICES, "j k choose · Enter takes it · Esc close"
        )
        self._question = question

    def show_rows(self) -> None:
        """Each answer, what has to be written beside it, and whether it stops the release."""
        self.head([((self._question.source, "dim"),)])
        self.list.show(TextRows([
            (one.key, ((one.key, "mark"), (one.text, "text" if one.passes else "bad"), (one.note, "dim")))
            for one in self._question.choices
        ]))  # fmt: skip


class Checklist(ListWindow):
    """Every question the partner's class brings, with its answer and what that means."""

    BINDINGS = bindings(DIALOG, CHECKLIST)

    def __init__(self, desk: LiveDesk, ref: str, partner: str, given: dict[str, Any]) -> None:
        foot = "Enter answers · n next open · Esc back"
        super().__init__(f"{ref} → {partner}: before it is released", rows.QUESTIONS, foot)
        self._desk, self._ref, self._partner, self._given = desk, ref, partner, given
        self._lines: dict[str, Line] = {}

    @property
    def answers(self) -> dict[str, Answer]:
        """What was answered so far; the panel's own."""
        found: dict[str, Answer] = self._given["answers"]
        return found

    def show_rows(self) -> None:
        """Ask the desk what the answers come to."""
        draft = desk_line.draft(self._ref, self._partner, **self._given)
        app: Any = self.app
        app.read(lambda: desk_line.look(self._desk, draft), self._take, self.failed)

    def _take(self, seen: Any) -> None:
        if not self.is_mounted:
            return
        first = not self._lines
        self._lines = {line.question.id: line for line in seen.review.lines}
        self.list.show(rows.question_rows(seen.review.lines))
        missing = len(seen.review.missing)
        said = (
            "Nothing stands in the way: p on the panel proposes it." if not missing else f"{missing} to go."
        )
        self.say(said, "warn" if missing else "good")
        if first and (open_ := self._open()):
            self.list.select(open_[0])
        self._explain()

    def _open(self) -> list[str]:
        """Questions a person has still to answer."""
        return [
            name
            for name, line in self._lines.items()
            if line.state is State.OPEN and line.question.asked is not Asked.RECORD
        ]

    @on(Grid.Moved, "#window-list")
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        self._explain()

    def _explain(self) -> None:
        """The question under the cursor in full, where it comes from, and the answer in full."""
        held = self._lines.get(str(self.list.cursor_key))
        if held is not None:
            sure = "" if held.question.check == "V" else " (not verified)"
            self.head([
                ((held.question.text, "strong"),),
                ((held.question.source + sure, "dim"),),
                ((printable(held.text, 300), "text"),),
            ])  # fmt: skip

    def action_checklist_next(self) -> None:
        """To the next question a person must answer."""
        open_, here = self._open(), str(self.list.cursor_key or "")
        after = [name for name in open_ if name > here] or open_
        if after:
            self.list.select(after[0])

    def action_accept(self) -> None:
        """Answer the question under the cursor."""
        held = self._lines.get(str(self.list.cursor_key))
        if held is None:
            return
        question = held.question
        if question.asked is Asked.RECORD:
            self.say(f"{question.id} is answered by the record: {held.text}.", "warn")
        elif question.asked is Asked.CHOICE:
            self.app.push_screen(AnswerWindow(question), lambda key: self._chosen(question, key))
        else:
            self._write(question, "")

    def _chosen(self, question: Question, key: Any) -> None:
        choice = question.choice(str(key)) if key is not None else None
        if choice is None:
            return
        if choice.note:
            self._write(question, choice.key)
        else:
            self._answer(question, Answer(choice.key))

    def _write(self, question: Question, key: str) -> None:
        """Words beside an answer, or the words or day that are the answer."""
        choice = question.choice(key)
        hint = choice.note if choice else question.note or "2027-01-31"
        before = self.answers.get(question.id, Answer())
        held = before.key if question.asked is Asked.DATE else before.note
        form = WordsForm(
            f"{question.id} {question.text}", [Field("words", "answer", held, hint)],
            banner=[((choice.text, "strong"),)] if choice else (),
            draft=f"{self._ref} {self._partner} {question.id} {key}",
        )  # fmt: skip

        def written(values: Any) -> None:
            if values is None:
                return
            text = printable(values["words"], 400)
            self._answer(question, Answer(text) if question.asked is Asked.DATE else Answer(key, text))

        self.app.push_screen(form, written)

    def _answer(self, question: Question, said: Answer) -> None:
        self.answers[question.id] = said
        self.show_rows()
        self._lines.pop(question.id, None)
        self.action_checklist_next()
