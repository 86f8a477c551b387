"""The checklist before a release: whole, read with care, and judging as it says."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.domain import safeguards, safeguards_file
from maoc_tui.domain.safeguards import Answer, Asked, Case, State
from maoc_tui.problems import Problem

SHIPPED = safeguards_file.shipped()
TODAY = date(2022, 12, 14)
EVERY = {q.id for q in SHIPPED.questions}
# Domain study 6.5, by hand: which classes bring which questions, and which of them only warn.
BY_CLASS = {
    "A": EVERY - {"Q10", "Q11", "Q12", "Q13", "Q14", "Q15", "Q16", "Q17", "Q21", "Q25"},
    "B": EVERY - {"Q14", "Q15", "Q16", "Q17", "Q21", "Q25"},
    "C": EVERY - {"Q14", "Q15", "Q16", "Q17", "Q21", "Q25"},
    "D": EVERY - {"Q14", "Q15", "Q16", "Q17", "Q21", "Q25"},
    "E": EVERY - {"Q14", "Q16", "Q17", "Q21"},
    "F": EVERY - {"Q25"},
    "G": EVERY - {"Q25"},
    "K": EVERY - {"Q10", "Q11", "Q12", "Q14", "Q15", "Q16", "Q17", "Q21", "Q25"},
    "P": EVERY - {"Q10", "Q11", "Q12", "Q13", "Q14", "Q15", "Q16", "Q17", "Q21", "Q25"},
}


def case(recipient: str = "G", partner: str = "BE", **given: Any) -> Case:
    record = {q.id: (True, "in the record") for q in SHIPPED.questions if q.asked is Asked.RECORD}
    fields = {"originators": frozenset({"NL"}), "instruments": frozenset(), "today": TODAY, "record": record}
    return Case(partner, recipient, **(fields | given))


def passing(where: Case) -> dict[str, Answer]:
    """An answer to everything that lets the release go on."""
    answers = {}
    for question in safeguards.applicable(SHIPPED.questions, where):
        if question.asked is Asked.TEXT:
            answers[question.id] = Answer(note="said")
        elif question.asked is Asked.DATE:
            answers[question.id] = Answer("2023-12-14")
        elif question.asked is Asked.CHOICE:
            good = next(c for c in safeguards.offered(question, where) if c.passes)
            answers[question.id] = Answer(good.key, "said" if good.note else "")
    return answers


def judged(where: Case, answers: dict[str, Answer]) -> safeguards.Review:
    return safeguards.review(SHIPPED.questions, where, answers)


def states(found: safeguards.Review) -> dict[str, State]:
    return {line.question.id: line.state for line in found.lines}


@pytest.mark.parametrize(("recipient", "expected"), BY_CLASS.items())
def test_each_class_brings_its_questions(recipient: str, expected: set[str]) -> None:
    assert {q.id for q in safeguards.applicable(SHIPPED.questions, case(recipient))} == expected


def test_only_three_questions_merely_warn() -> None:
    assert {q.id for q in SHIPPED.questions if not q.blocks} == {"Q08", "Q20", "Q21"}


def test_the_dutch_question_is_asked_of_dutch_lines_only() -> None:
    asked = safeguards.applicable(SHIPPED.questions, case(originators=frozenset({"ES"})))
    assert "Q13" not in {q.id for q in asked}


@pytest.mark.parametrize("recipient", sorted(BY_CLASS))
def test_the_right_answers_pass_and_each_one_missing_stops_it(recipient: str) -> None:
    where = case(recipient)
    answers = passing(where)
    assert judged(where, answers).passes
    for name in answers:
        question = next(q for q in SHIPPED.questions if q.id == name)
        without = {key: answer for key, answer in answers.items() if key != name}
        stopped = question.blocks and not question.overrides
        assert judged(where, without).passes is not stopped, name


@pytest.mark.parametrize("recipient", sorted(BY_CLASS))
def test_each_failing_answer_stops_what_blocks(recipient: str) -> None:
    where = case(recipient)
    answers = passing(where)
    answers.pop("Q17", None)
    for question in safeguards.applicable(SHIPPED.questions, where):
        for choice in question.choices:
            if not choice.passes:
                found = judged(where, answers | {question.id: Answer(choice.key, "said")})
                assert found.passes is not question.blocks, (question.id, choice.key)


def test_what_only_the_record_answers_cannot_be_talked_over() -> None:
    where = case(record={})
    found = judged(where, passing(where) | {"Q04": Answer("yes", "I say so")})
    assert {line.question.id for line in found.missing} == {"Q03", "Q04", "Q06", "Q11", "Q19", "Q24"}


def test_a_weighty_interest_outweighs_rights_weighed_but_never_persecution() -> None:
    where = case()
    answers = passing(where) | {"Q14": Answer("concern", "reports"), "Q16": Answer("yes")}
    without = {key: answer for key, answer in answers.items() if key != "Q17"}
    assert not judged(where, without).passes
    found = judged(where, answers)
    assert found.passes
    assert states(found)["Q14"] is State.WARNS
    assert not judged(where, answers | {"Q15": Answer("yes")}).passes


def test_without_a_concern_the_weighty_interest_is_not_asked() -> None:
    where = case()
    assert states(judged(where, passing(where)))["Q17"] is State.NOT_NEEDED


def test_a_ground_counts_only_while_it_is_in_force() -> None:
    ground = {"Q12": Answer("36")}
    gb = case("B", "GB", instruments=frozenset({"adequacy"}))
    assert judged(gb, passing(gb) | ground).passes
    late = case("B", "GB")
    found = judged(late, passing(late) | ground)
    assert [line.question.id for line in found.missing] == ["Q12"]
    assert "adequacy" in found.missing[0].text


def test_no_transfer_is_an_answer_for_states_of_the_directive_only() -> None:
    assert judged(case(), passing(case()) | {"Q12": Answer("eu")}).passes
    morocco = case("G", "MA")
    assert not judged(morocco, passing(morocco) | {"Q12": Answer("eu")}).passes


def test_a_note_that_is_asked_for_must_be_written() -> None:
    where = case()
    found = judged(where, passing(where) | {"Q05": Answer("permitted")})
    assert [(line.question.id, line.state) for line in found.missing] == [("Q05", State.OPEN)]


@pytest.mark.parametrize("day", ["", "soon", "2022-12-14", "2021-01-01", "14/12/2023"])
def test_the_review_date_is_a_day_to_come(day: str) -> None:
    where = case()
    assert not judged(where, passing(where) | {"Q23": Answer(day)}).passes


@given(
    st.sampled_from(sorted(BY_CLASS)),
    st.dictionaries(
        st.sampled_from(sorted(EVERY)),
        st.builds(
            Answer,
            st.sampled_from(["yes", "no", "none", "36", "37", "eu", "agrees", ""]),
            st.text(max_size=3),
        ),
    ),
)
def test_whatever_is_answered_the_verdict_is_that_of_its_lines(
    recipient: str, answers: dict[str, Answer]
) -> None:
    found = judged(case(recipient), answers)
    bad = {State.BLOCKS, State.OPEN}
    assert found.passes == all(line.state not in bad or not line.question.blocks for line in found.lines if
                               line.state is not State.WARNS)  # fmt: skip
    assert found.passes == (not found.missing)


def document() -> dict[str, Any]:
    return tomllib.loads(resources.data("safeguards.toml").read_text(encoding="utf-8"))


def question(raw: dict[str, Any], name: str) -> dict[str, Any]:
    return next(row for row in raw["question"] if row["id"] == name)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda raw: raw["question"].pop(), "must be Q01 to Q25"),
        (lambda raw: raw["question"].reverse(), "in order"),
        (lambda raw: question(raw, "Q05").update(level="perhaps"), "Q05, level"),
        (lambda raw: question(raw, "Q05").update(kind="guess"), "Q05, kind"),
        (lambda raw: question(raw, "Q05").update(classes=["Z"]), "Q05, classes"),
        (lambda raw: question(raw, "Q05").update(classes=[]), "Q05, classes"),
        (lambda raw: question(raw, "Q05").update(text=""), "Q05, text"),
        (lambda raw: question(raw, "Q05").pop("source"), "Q05, source"),
        (lambda raw: question(raw, "Q05").update(check="X"), "Q05, check"),
        (lambda raw: question(raw, "Q05").update(colour="red"), "Q05, colour"),
        (lambda raw: question(raw, "Q05").update(answer=[]), "Q05, answer"),
        (lambda raw: question(raw, "Q05")["answer"][0].update({"pass": "yes"}), "answer no, pass"),
        (lambda raw: question(raw, "Q05")["answer"][0].update(key="No Way"), "no short word"),
        (lambda raw: question(raw, "Q12")["answer"][1].update(instrument=["handshake"]), "instrument"),
        (lambda raw: question(raw, "Q12")["answer"][0].update(partners="friends"), "partners"),
        (lambda raw: question(raw, "Q17").update(overrides=["Q01"]), "Q17, overrides"),
        (lambda raw: question(raw, "Q01").pop("note"), "Q01, note"),
        (lambda raw: question(raw, "Q04").update(answer=[{"key": "a", "text": "b", "pass": True}]), "Q04, answer"),
        (lambda raw: raw["emergency"].update(hours=0), "emergency, hours"),
        (lambda raw: raw["emergency"]["task"][0].update(text="{nobody}"), "text"),
        (lambda raw: raw.pop("as_of"), "as_of"),
    ],
)  # fmt: skip
def test_each_fault_of_the_file_is_named(harm: Callable[[dict[str, Any]], Any], said: str) -> None:
    raw = copy.deepcopy(document())
    harm(raw)
    with pytest.raises(ValueError, match=said):
        safeguards_file.parse(raw, "ABCDEFGKMP")


def test_a_fault_names_the_file(tmp_path: Path) -> None:
    bad = tmp_path / "safeguards.toml"
    for text in ("question = 3", "[[question", ""):
        bad.write_text(text)
        with pytest.raises(Problem, match=r"safeguards\.toml"):
            safeguards_file.read(bad, "A")


def test_every_day_to_come_is_a_review_date() -> None:
    where = case()
    tomorrow = str(TODAY + timedelta(days=1))
    assert judged(where, passing(where) | {"Q23": Answer(tomorrow)}).passes
