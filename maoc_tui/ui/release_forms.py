"""The forms of releasing: another wording, asking, proposing, the second person's word, refusing, recalling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from maoc_tui.ui import release_desk as line
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk


class ActForm(Form):
    """A form that does one of the release desk's acts with what was typed."""

    def __init__(
        self,
        desk: LiveDesk,
        title: str,
        fields: Sequence[Field],
        does: Callable[[Mapping[str, str]], Any],
        *,
        banner: Sequence[Line] = (),
        draft: str = "",
    ) -> None:
        self._desk, self._does = desk, does
        super().__init__(title, fields, banner=banner, draft=draft or title)

    def save(self, values: Mapping[str, str]) -> Any:
        """Do it; returns after the commit."""
        return self._does(values)


class WordsForm(Form):
    """Words for one thing; nothing is recorded yet."""

    def __init__(
        self, title: str, fields: Sequence[Field], *, banner: Sequence[Line] = (), draft: str
    ) -> None:
        super().__init__(title, fields, banner=banner, draft=draft)

    def save(self, values: Mapping[str, str]) -> dict[str, str]:
        """What was typed."""
        return dict(values)


CHECKED = (
    "name or nickname of a source", "exact time or place only it knows", "how it was seen or heard",
    "number, mark or height", "who else knows", "what was planned",
)  # fmt: skip
"""What gives a source away; looked at before a wording goes out. Own proposal."""


def wording(title: str, original: str, now: str, draft: str) -> WordsForm:
    """Another wording beside the original."""
    banner: list[Line] = [
        (("original  ", "dim"), (original, "text")),
        (("leave out ", "dim"), ("; ".join(CHECKED), "warn")),
    ]
    return WordsForm(f"Wording of {title}", [Field("wording", "wording", now)], banner=banner, draft=draft)


def ask(desk: LiveDesk, ref: str, partner: str, lines: Sequence[str], wordings: Mapping[str, str]) -> ActForm:
    """Ask each originator of the chosen lines."""

    def does(values: Mapping[str, str]) -> Any:
        given = {"lines": tuple(lines), "wordings": dict(wordings), "due": values["due"]}
        return line.act(desk, "ask", ref, partner, values["reason"], **given)

    fields = [
        Field("reason", "reason", hint="why the partner needs it"),
        Field("due", "answer due", hint="141200Z – empty: in 24 hours"),
    ]
    banner: list[Line] = [((f"{len(lines)} lines chosen; each originator is asked by itself.", "text"),)]
    return ActForm(desk, f"{ref}: ask the originators for release to {partner}", fields, does, banner=banner)


def propose(desk: LiveDesk, ref: str, partner: str, given: Mapping[str, Any]) -> ActForm:
    """Propose the release as chosen and answered."""

    def does(values: Mapping[str, str]) -> Any:
        made = line.draft(ref, partner, condition=values["condition"], until=values["until"], **given)
        return line.act(desk, "propose", made)

    fields = [
        Field("condition", "condition", hint="beside the usual: this need only, no onward use, not in court"),
        Field("until", "ends", hint="211200Z – empty: when it is recalled"),
    ]
    return ActForm(desk, f"{ref}: propose the release to {partner}", fields, does)


def emergency(desk: LiveDesk, ref: str, partner: str, given: Mapping[str, Any]) -> ActForm:
    """Propose with two fields: need and threat. A second officer approves all the same."""
    from maoc_tui.domain.safeguards import Answer

    def does(values: Mapping[str, str]) -> Any:
        answers = {"Q01": Answer(note=values["need"])}
        made = line.draft(
            ref, partner, **{**given, "answers": answers}, emergency=True, threat=values["threat"]
        )
        return line.act(desk, "propose", made)

    fields = [
        Field("need", "need", hint="what the partner does with it"),
        Field("threat", "threat", hint="to whose life, or the immediate serious threat"),
    ]
    banner: list[Line] = [
        (
            ("Threat to life only. ", "bad"),
            ("The checklist and asking wait; their tasks are due in 24 h.", "warn"),
        )
    ]
    return ActForm(desk, f"{ref}: EMERGENCY release to {partner}", fields, does, banner=banner)


def approve(desk: LiveDesk, ref: str, banner: Sequence[Line]) -> ActForm:
    """The second person types whom it goes to and how many lines."""
    fields = [Field("word", "word", hint="whom it goes to and how many lines, such as BE 2", kept=False)]
    return ActForm(
        desk, f"{ref}: approve as the second person", fields,
        lambda values: line.act(desk, "approve", ref, values["word"]), banner=banner,
    )  # fmt: skip


def refuse(desk: LiveDesk, ref: str) -> ActForm:
    """Refuse, or take one's own proposal back."""
    fields = [Field("reason", "reason", hint="kept with the refusal")]
    return ActForm(
        desk, f"{ref}: refuse", fields, lambda values: line.act(desk, "refuse", ref, values["reason"])
    )


def recall(desk: LiveDesk, ref: str) -> ActForm:
    """Take it back now."""
    fields = [Field("reason", "reason", hint="told to every holder")]
    return ActForm(
        desk, f"{ref}: RECALL, hidden from then on", fields,
        lambda values: line.act(desk, "recall", ref, values["reason"]),
    )  # fmt: skip


def answer(desk: LiveDesk, ref: str, banner: Sequence[Line]) -> ActForm:
    """Answer for one's own partner."""
    fields = [
        Field("said", "answer", hint="granted, refused or withdrawn"),
        Field("reason", "reason", hint="needed unless granted"),
        Field("condition", "condition", hint="of the consent"),
        Field("until", "until", hint="211200Z – empty: no end"),
    ]

    def does(values: Mapping[str, str]) -> Any:
        given = {name: values[name] for name in ("reason", "condition", "until")}
        return line.act(desk, "answer", ref, values["said"].strip().lower(), **given)

    return ActForm(desk, f"{ref}: answer as the originator", fields, does, banner=banner)


def done(desk: LiveDesk, task: str, text: str) -> ActForm:
    """Record that a follow-up was done."""
    fields = [Field("words", "done", hint="what was done, to whom, by which channel")]
    return ActForm(
        desk, "Record what was done", fields, lambda values: line.act(desk, "finish", task, values["words"]),
        banner=[((text, "text"),)], draft=f"done {task}",
    )  # fmt: skip
