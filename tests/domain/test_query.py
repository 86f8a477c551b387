"""The filter language: what it reads, what it refuses and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.query import EVERYTHING, And, Not, Or, describe, parse
from maoc_tui.domain.query_fields import FIELDS, Kind, find, folded
from maoc_tui.domain.query_terms import Term, Word
from maoc_tui.problems import BadInput


def test_terms_side_by_side_are_and_or_binds_weaker_and_parentheses_group():
    a, b, c = Word("a"), Word("b"), Word("c")
    assert parse("a b OR c") == Or((And((a, b)), c))
    assert parse("a (b or c)") == And((a, Or((b, c))))
    assert parse("a AND b and c") == And((a, b, c))
    assert parse("-a NOT b -(c)") == And((Not(a), Not(b), Not(c)))
    assert parse("--a") == Not(Not(a))
    assert parse('"a and b"') == Word("a and b")
    assert parse("T-0417") == Word("T-0417")
    assert parse("") == parse("  \t") == EVERYTHING


def test_fields_take_lists_ranges_comparisons_and_quotes():
    assert parse("flag:VE,co") == Term(find("flag"), ("ve", "co"))
    assert parse('name:"LA PALOMA",mist') == Term(find("name"), ("la paloma", "mist"))
    assert parse("sog>20") == Term(find("sog"), low=20, open=True)
    assert parse("speed >= 20") == Term(find("sog"), low=20)
    assert parse("age<6h") == Term(find("age"), high=21600, open=True)
    assert parse("age:1h..2d") == Term(find("age"), low=3600, high=172800)
    assert parse("lat:-10..10") == Term(find("lat"), low=-10, high=10)
    assert parse("lon<-9.5") == Term(find("lon"), high=-9.5, open=True)
    assert parse("cog:350..10") == Term(find("cog"), low=350, high=10)
    assert parse("sog:3") == Term(find("sog"), low=2.5, high=3.5)
    near = parse('near:"38 42.5N 009 08.2W"<50')
    assert near.high == 50
    assert near.centre.lat == pytest.approx(38.7083, abs=1e-4)
    assert parse("near:38.7,-9.1<100km").high == pytest.approx(54, abs=0.01)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("flagg:VE", "At 1: there is no field flagg"),
        ("paloma  nmae:x", "At 9: there is no field nmae"),
        ("flag:", "At 1: flag: has no value"),
        ('name:""', "At 1: name: has no value"),
        ("a flag:VEN", "At 3: ven is not an ISO code"),
        ("flag<VE", "cannot be more or less"),
        ("sog>fast", "At 1: 'fast' is not a speed"),
        ("lat>north", "At 1: 'north' is not a number"),
        ("age<6", "At 1: '6' is not a length of time"),
        ("sog:20..10", "begins above its end"),
        ("near:38.7,-9.1", "near needs a position and a distance"),
        ("near:banana<5", "At 1: The hemisphere letters"),
        ("near:38.7,-9.1<far", "not a distance"),
        ("zone:nowhere", "nowhere is no zone"),
        ("class:boat", "class has no boat"),
        ("doubt:grave", "doubt has no grave"),
        ("state:young", "state has no young"),
        ("nav:asleep", "nav has no asleep"),
        ("mmsi:abc", "abc is not made of digits"),
        ("(a", "At 1: this parenthesis is not closed"),
        ("a b)", "At 4: a closing parenthesis too many"),
        ("a OR", "At 5: something is missing at the end"),
        ("OR a", "At 1: something is missing before"),
        ("a OR OR b", "At 6: something is missing before"),
        ("()", "At 2: something is missing before"),
        ("a NOT", "missing at the end"),
        ('a "b', "At 3: a quote is not closed"),
        ('a ""', "At 3: there is nothing between the quotes"),
        ("(" * 30 + "a" + ")" * 30, "nested too deep"),
        ("-" * 60 + "a", "nested too deep"),
        ("a " * 300, "too long"),
    ],
)
def test_refusals_say_where_and_what_is_known(text, names):
    with pytest.raises(BadInput) as refused:
        parse(text)
    assert names in refused.value.message
    assert refused.value.way_out


def test_a_misspelt_field_is_guessed_and_all_are_named():
    with pytest.raises(BadInput) as refused:
        parse("flg:VE")
    assert refused.value.way_out.startswith("Did you mean flag:?")
    for field in FIELDS:
        assert field.name in refused.value.way_out


@given(
    st.one_of(
        st.text(max_size=60),
        st.text(st.sampled_from('flagnamesogzr: <>=.,-()"0169ORNTab '), max_size=40),
        st.lists(
            st.sampled_from(
                [
                    "flag:",
                    "VE",
                    "(",
                    ")",
                    "-",
                    "NOT",
                    "OR",
                    '"',
                    "sog>",
                    "20",
                    "..",
                    "near:",
                    "38.7,-9.1",
                    "<5",
                ]
            ),
            max_size=15,
        ).map("".join),
    )
)
def test_nothing_but_bad_input_is_ever_raised(text):
    try:
        query = parse(text)
    except BadInput:
        return
    assert describe(query)


def test_described_in_words():
    assert describe(parse("flag:VE,CO -status:closed (sog>20 or name:x)")) == (
        "flag VE or CO, and not status closed, and (sog above 20, or name x)"
    )
    assert describe(parse("age<6h")) == "age below 6 h 00"
    assert describe(parse("near:38.7,-9.1<50")) == "within 50 nm of 38°42.0'N 009°06.0'W"
    assert describe(parse("lat:1..2 sog<=5 la")) == "lat 1 to 2, and sog at most 5, and “la”"
    assert describe(EVERYTHING) == "everything"


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_explains_itself_with_an_example_that_parses(field):
    assert field.help
    assert len(field.help) <= 76
    parse(field.example)
    if field.kind not in (Kind.ZONE, Kind.LINK) and not field.example.startswith("-"):
        assert parse(field.example).field is field


@given(st.text(max_size=30))
def test_folding_is_stable(text):
    assert folded(folded(text)) == folded(text)


def test_folding_drops_case_and_accents():
    assert folded("ÉTOILE Straße İ") == "etoile strasse i"
