"""The checklist before a release: which questions a recipient class brings, and whether the answers let it go on.

The program asks, records and points to what is missing; a person answers and another approves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Asked(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"
    RECORD = "record"
    """By the program, from the record."""


class State(StrEnum):
    """What an answer means for the release."""

    PASSES = "passes"
    WARNS = "warns"
    """Goes on, and the answer is recorded."""
    BLOCKS = "blocks"
    OPEN = "open"
    """Not answered yet; blocks unless the question only warns."""
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be given."""

    key: str
    text: str
    passes: bool
    note: str = ""
    """What has to be written beside it; "" for nothing."""
    partners: frozenset[str] = frozenset()
    """Offered for these partners only; empty for every one."""
    instruments: frozenset[str] = frozenset()
    """Needs an instrument of one of these kinds in force; empty for none."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the checklist."""

    id: str
    text: str
    classes: frozenset[str]
    """Recipient classes it is asked for; empty for every one."""
    blocks: bool
    asked: Asked
    source: str
    check: str
    """V verified, R recalled, I inferred."""
    choices: tuple[Choice, ...] = ()
    note: str = ""
    originators: frozenset[str] = frozenset()
    overrides: frozenset[str] = frozenset()

    def choice(self, key: str) -> Choice | None:
        """The answer of a key; None when there is none."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class Task:
    """What an emergency release leaves to be done."""

    kind: str
    text: str
    """With {partner} and, for each originator, {originator}."""
    each: str
    """originator or release."""


@dataclass(frozen=True, slots=True)
class Safeguards:
    """The whole checklist as shipped."""

    questions: tuple[Question, ...]
    tasks: tuple[Task, ...]
    hours: int
    """Within which the tasks of an emergency release are due."""
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to one question."""

    key: str = ""
    """Of a choice; a day as 2027-01-31; "" for words."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What the questions are about."""

    partner: str
    recipient_class: str
    originators: frozenset[str]
    instruments: frozenset[str]
    """Kinds of instrument in force with the partner today."""
    today: date
    record: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
    """Question answered from the record -> (passes, in words)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answer and what that means."""

    question: Question
    answer: Answer
    state: State
    text: str
    """In words: the answer, or what is missing."""


@dataclass(frozen=True, slots=True)
class Review:
    """The checklist for one case."""

    lines: tuple[Line, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing stands in the way any more."""
        return not self.missing

    @property
    def missing(self) -> tuple[Line, ...]:
        """What stands in the way: blocking answers and questions not answered."""
        return tuple(
            line
            for line in self.lines
            if line.state is State.BLOCKS or (line.state is State.OPEN and line.question.blocks)
        )


def applicable(questions: Iterable[Question], case: Case) -> tuple[Question, ...]:
    """The questions that a case brings, in their order."""
    return tuple(
        question
        for question in questions
        if (not question.classes or case.recipient_class in question.classes)
        and (not question.originators or question.originators & case.originators)
    )


def offered(question: Question, case: Case) -> tuple[Choice, ...]:
    """The answers that may be given in a case."""
    return tuple(
        choice
        for choice in question.choices
        if (not choice.partners or case.partner in choice.partners)
        and (not choice.instruments or choice.instruments & case.instruments)
    )


def review(questions: Iterable[Question], case: Case, answers: Mapping[str, Answer]) -> Review:
    """The checklist of a case as answered. What is said to a question that is not asked counts for nothing."""
    asked = applicable(questions, case)
    lines = {question.id: _judged(question, case, answers.get(question.id, Answer())) for question in asked}
    for question in asked:
        if question.overrides:
            _outweigh(question, lines)
    return Review(tuple(lines.values()))


def _outweigh(question: Question, lines: dict[str, Line]) -> None:
    """A named authority's reason outweighs what it may; without such an answer it is not asked at all."""
    negative = [name for name in question.overrides if name in lines and lines[name].state is State.BLOCKS]
    own = lines[question.id]
    if not negative:
        lines[question.id] = Line(question, own.answer, State.NOT_NEEDED, "nothing to outweigh")
    elif own.state is State.PASSES:
        for name in negative:
            held = lines[name]
            words = f"{held.text}; outweighed by {question.id}"
            lines[name] = Line(held.question, held.answer, State.WARNS, words)


def _judged(question: Question, case: Case, answer: Answer) -> Line:
    if question.asked is Asked.RECORD:
        passes, words = case.record.get(question.id, (False, "the record does not say"))
        return Line(question, answer, _state(question, passes), words)
    if question.asked is Asked.TEXT:
        if not answer.note:
            return Line(question, answer, State.OPEN, f"write {question.note}")
        return Line(question, answer, State.PASSES, answer.note)
    if question.asked is Asked.DATE:
        return _dated(question, case, answer)
    return _chosen(question, case, answer)


def _dated(question: Question, case: Case, answer: Answer) -> Line:
    try:
        day = date.fromisoformat(answer.key)
    except ValueError:
        return Line(question, answer, State.OPEN, "give a day, as 2027-01-31")
    if day <= case.today:
        return Line(question, answer, State.BLOCKS, f"{day} is not to come")
    return Line(question, answer, State.PASSES, str(day))


def _chosen(question: Question, case: Case, answer: Answer) -> Line:
    choice = question.choice(answer.key)
    if choice is None:
        return Line(question, answer, State.OPEN, "not answered")
    if choice not in offered(question, case):
        need = " or ".join(sorted(choice.instruments)) or "such a partner"
        words = f"{choice.text}: not with {case.partner} today, there is no {need}"
        return Line(question, answer, State.BLOCKS, words)
    if choice.note and not answer.note:
        return Line(question, answer, State.OPEN, f"{choice.text}: write {choice.note}")
    words = f"{choice.text}: {answer.note}" if answer.note else choice.text
    return Line(question, answer, _state(question, choice.passes), words)


def _state(question: Question, passes: bool) -> State:
    if passes:
        return State.PASSES
    return State.BLOCKS if question.blocks else State.WARNS
