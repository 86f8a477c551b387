"""Markings: combining never widens, and what is typed is what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain import marking
from maoc_tui.domain import marking_entry as entry
from maoc_tui.domain.marking import Classification, Grade, Handling, Marking, Tlp, combine, who_reads
from maoc_tui.problems import BadInput, NotPermitted

CODES = st.sampled_from(["ES", "FR", "PT", "IE", "GB", "MAOC"])
GRADES = st.builds(Grade, st.sampled_from("ABCX"), st.integers(1, 4))
MARKINGS = st.builds(
    Marking,
    originators=st.frozensets(CODES, min_size=1, max_size=3),
    handling=st.frozensets(st.sampled_from(Handling), min_size=1),
    grade=st.none() | GRADES,
    tlp=st.none() | st.sampled_from(Tlp),
    classification=st.sampled_from(Classification),
    releasable_to=st.frozensets(CODES),
    caveats=st.frozensets(st.sampled_from(["not by radio", "no copies"])),
)


@given(MARKINGS, MARKINGS)
def test_combining_never_widens(a: Marking, b: Marking) -> None:
    both = combine(a, b)
    assert both.readers <= a.readers & b.readers
    for part in (a, b):
        assert both.originators >= part.originators
        assert both.handling >= part.handling
        assert both.caveats >= part.caveats
        assert both.classification >= part.classification
        assert part.tlp is None or (both.tlp is not None and both.tlp >= part.tlp)
        if both.grade is not None:
            assert part.grade is not None
            assert both.grade.source >= part.grade.source
            assert both.grade.information >= part.grade.information


@given(MARKINGS, MARKINGS)
def test_the_order_of_two_does_not_matter(a: Marking, b: Marking) -> None:
    assert combine(a, b) == combine(b, a)


@given(MARKINGS, MARKINGS, MARKINGS)
def test_the_grouping_of_three_does_not_matter(a: Marking, b: Marking, c: Marking) -> None:
    assert combine(combine(a, b), c) == combine(a, combine(b, c))


@given(MARKINGS)
def test_combining_with_itself_changes_nothing(a: Marking) -> None:
    assert combine(a, a) == a


@given(st.lists(MARKINGS, min_size=1, max_size=6))
def test_every_reader_of_a_compilation_reads_every_part(parts: list[Marking]) -> None:
    whole = parts[0]
    for part in parts[1:]:
        whole = combine(whole, part)
    assert all(reader in part.readers for reader in whole.readers for part in parts)


def test_unmarked_is_h2_and_originator_only() -> None:
    plain = marking.default("ES")
    assert plain.handling == {Handling.H2}
    assert plain.readers == {"ES"}
    assert plain.grade is None
    assert str(plain) == "ungraded H2 from ES only"
    assert entry.parse("", "ES") == plain


def test_two_originators_who_did_not_release_to_each_other_have_no_common_reader() -> None:
    both = combine(marking.default("ES"), marking.default("FR"))
    assert both.readers == frozenset()
    assert str(both) == "ungraded H2 from ES FR to nobody"


def test_an_originator_named_by_the_other_reads_the_compilation() -> None:
    both = combine(entry.parse("rel FR", "ES"), entry.parse("rel ES,PT", "FR"))
    assert both.readers == {"ES", "FR"}


@given(
    st.frozensets(st.sampled_from([Handling.H0, Handling.H1, Handling.H2]), min_size=1),
    st.none() | GRADES,
    st.none() | st.sampled_from(Tlp),
    st.frozensets(st.sampled_from(["ES", "FR", "PT", "MAOC", "HR"])),
)
def test_what_is_typed_on_one_line_is_what_is_meant(
    codes: frozenset[Handling], grade: Grade | None, tlp: Tlp | None, partners: frozenset[str]
) -> None:
    words = [
        str(grade or ""),
        " ".join(code.name.lower() for code in codes),
        tlp.label if tlp is not None else "",
    ]
    line = " ".join(words) + (f" rel {','.join(partners)}" if partners else "")
    assert entry.parse(line, "IE") == entry.make("IE", codes, grade, tlp, partners)


def test_two_keys_in_either_case() -> None:
    assert entry.parse_grade(" b2 ") == Grade("B", 2)
    assert Grade("B", 2).meaning == "source mostly reliable; known to the source, not to the officer"
    assert entry.parse_handling("h1,H2") == {Handling.H1, Handling.H2}
    assert entry.parse_tlp("amber+strict") is Tlp.AMBER_STRICT
    assert entry.parse_classification("eu restricted") is Classification.RESTRICTED


@pytest.mark.parametrize("text", ["", "B", "B5", "D2", "B22", "２B", "B²", "2B"])
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        entry.parse_grade(text)


@pytest.mark.parametrize("line", ["H4", "B2 H9", "TLP:WHITE", "rel E", "rel *", "[/red]", "H2;DROP"])
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(BadInput):
        entry.parse(line, "ES")


def test_h3_needs_its_words() -> None:
    with pytest.raises(BadInput, match="caveat"):
        entry.parse("H3", "ES")
    assert str(entry.make("ES", frozenset({Handling.H3}), caveat="not by radio")).endswith("[not by radio]")


def test_content_above_the_ceiling_is_refused() -> None:
    secret = Marking(frozenset({"ES"}), classification=Classification.SECRET)
    with pytest.raises(NotPermitted, match="EU SECRET"):
        marking.refuse_above(secret, Classification.RESTRICTED)
    marking.refuse_above(secret, Classification.SECRET)


def test_a_marking_without_originator_or_handling_cannot_be() -> None:
    with pytest.raises(ValueError, match="originator"):
        Marking(frozenset())
    with pytest.raises(ValueError, match="handling"):
        Marking(frozenset({"ES"}), frozenset())


@given(MARKINGS)
def test_the_sentence_names_just_the_readers(marking: Marking) -> None:
    sentence = who_reads(marking)
    if marking.readers:
        named = sentence.replace(" alone", "").partition(" will read this")[0]
        assert set(named.split(", ")) == marking.readers
    else:
        assert sentence.startswith("Nobody")


def test_the_sentence_is_one_a_person_understands() -> None:
    assert who_reads(entry.parse("rel PT,ES,FR", "MAOC")) == "MAOC, ES, FR, PT will read this; nobody else."
    assert who_reads(entry.parse("", "ES")) == "ES alone will read this, the originator; nobody else."


@pytest.mark.parametrize(
    ("text", "caveat", "shown"),
    [
        ('H3 "not by radio"', "", "ungraded H3 from ES only [not by radio]"),
        ('b2 h1 h3 rel PT "rel FR, H0"', "", "B2 H1 H3 from ES rel PT [rel FR, H0]"),
        ("H3 rel PT", "not by radio", "ungraded H3 from ES rel PT [not by radio]"),
        ('H3 "no\x1b]52;c;QQ==\x07 copies"', "", None),
    ],
)
def test_h3_takes_its_caveat_on_the_line_or_apart(text: str, caveat: str, shown: str | None) -> None:
    said = str(entry.parse(text, "ES", caveat))
    assert said.isprintable()
    assert said == (shown or said)


@pytest.mark.parametrize("text", ["H3", 'H3 ""', 'H3 "not closed', 'H2 "no H3"', 'H3 "' + "x" * 201 + '"'])
def test_a_caveat_that_says_nothing_or_stands_alone_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        entry.parse(text, "ES")
    assert caught.value.way_out


@pytest.mark.parametrize(
    ("text", "wants"),
    [("H3", True), ("b2 h3 rel ES", True), ('H3 "x"', False), ("H2", False), ("H33", False), ("", False)],
)
def test_a_form_asks_for_the_caveat_as_soon_as_h3_is_typed(text: str, wants: bool) -> None:
    assert entry.wants_caveat(text) is wants
