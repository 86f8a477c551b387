"""What is found by what is typed: accents, scripts, word order, one slip; never another number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui.domain.search import Line, Quality, answer, asked
from maoc_tui.domain.search_words import joined, near, plain, words
from maoc_tui.problems import BadInput

PALOMA = (
    Line("T-0417", identifier=True),
    Line("LA PALOMA", name=True),
    Line("263601890", identifier=True),
    Line("CQ-AB2", identifier=True),
    Line("grey sloop, São Tomé registered, towed a dinghy"),
)


@pytest.mark.parametrize(
    ("typed", "quality"),
    [
        ("T-0417", Quality.IDENTIFIER),
        ("t-417", Quality.IDENTIFIER),
        ("MMSI 263601890", Quality.IDENTIFIER),
        ("mmsi263601890", Quality.IDENTIFIER),
        ("263 601 890", Quality.IDENTIFIER),
        ("cqab2", Quality.IDENTIFIER),
        ("la paloma", Quality.WHOLE),
        ("La-Paloma", Quality.WHOLE),
        ("lapaloma", Quality.WHOLE),
        ("paloma la", Quality.WORDS),
        ("sao tome sloop", Quality.WORDS),
        ("PALOMA sloop", Quality.WORDS),
        ("palo", Quality.BEGINNING),
        ("2636", Quality.BEGINNING),
        ("alom", Quality.INSIDE),
        ("paloms", Quality.NEAR),
        ("aploma sloop", Quality.NEAR),
        ("Паломa", Quality.WORDS),
        ("ΠΑΛΟΜΑ", Quality.WORDS),
    ],
)
def test_it_is_found(typed: str, quality: Quality) -> None:
    found = answer(asked(typed), PALOMA)
    assert found is not None
    assert found.quality is quality


@pytest.mark.parametrize(
    "typed", ["263601891", "26360189o", "paloxx", "T-0418", "lu", "paloma trawler", "q", "cqab3"]
)
def test_it_is_not_found(typed: str) -> None:
    assert answer(asked(typed), PALOMA) is None


def test_the_line_that_says_most_of_it_is_told() -> None:
    found = answer(asked("sloop paloma dinghy"), PALOMA)
    assert found is not None
    assert (found.best, found.lines) == (4, 2)


@pytest.mark.parametrize("typed", ["", "  ", "-- ?", "\x1b[2J"[:1], "x" * 201, "a b c d e f g h i"])
def test_what_says_nothing_or_too_much_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        asked(typed)


def test_scripts_and_accents_are_one() -> None:
    assert plain("Ærø Łódź Ñandú ÇEŞME Straße") == "aero lodz nandu cesme strasse"
    assert joined("Щука-1") == "shchuka1"
    assert words("Ἀθηνᾶ") == ("athina",)


SMALL = st.text("abc", max_size=6)


def slips(word: str) -> set[str]:
    """Every word one slip away, spelt out."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return (
        {a + b[1:] for a, b in cuts}
        | {a + c + b[1:] for a, b in cuts if b for c in "abc"}
        | {a + c + b for a, b in cuts for c in "abc"}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    )


@given(SMALL, SMALL)
@settings(max_examples=300, deadline=None)
def test_one_slip_is_near_and_two_are_not(one: str, other: str) -> None:
    assert near(one, other) == (other in slips(one))
