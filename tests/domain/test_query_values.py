"""Values that name nothing are refused while the filter is read; those the columns write are taken."""

import pytest

from maoc_tui.domain.matching import zone_is
from maoc_tui.domain.query import parse
from maoc_tui.domain.query_fields import find
from maoc_tui.domain.query_terms import Term
from maoc_tui.problems import BadInput


@pytest.mark.parametrize(
    ("text", "message", "way_out"),
    [
        ("zone:XX", "xx is no zone and no State", "Known: land"),
        ("zone:PT-XEZ", "xez is no zone", "Did you mean eez?"),
        ("flag:ZZ", "zz is not an ISO code", "flag:VE,CO"),
        ("type:sailing", "type has no sailing", "Did you mean sail?"),
        ("status:foo", "status has no foo", "nominated"),
        ("target:maybe", "maybe is not yes, no", "target:yes"),
        ("lat>99", "lat goes from -90 to 90", "lat>30"),
        ("lon:-181..0", "lon goes from -180 to 180", "lon:"),
        ("cog:400", "cog goes from 0 to 360", "cog:"),
    ],
)
def test_a_value_that_names_nothing_is_refused_with_what_is_known(text, message, way_out):
    with pytest.raises(BadInput) as refused:
        parse(f"paloma {text}")
    assert refused.value.message.startswith("At 8: ")
    assert message in refused.value.message
    assert way_out in refused.value.way_out


@pytest.mark.parametrize(
    "text",
    [
        "type:cargo",
        'type:"sailing yacht"',
        "status:nom",
        "status:under-pursuit",
        "target:T-0417",
        "zone:none",
    ],
)
def test_known_values_are_taken(text):
    assert isinstance(parse(text), Term)


def test_knots_are_speed():
    assert parse("kn>20") == Term(find("sog"), low=20, open=True)


@pytest.mark.parametrize("written", ["pt-eez", "pt eez", "PT EEZ"])
def test_a_zone_is_taken_as_its_column_writes_it(written):
    (word,) = parse(f'zone:"{written}"').words
    assert zone_is(("eez", ("PT",), "agreed"), word)
    assert not zone_is(("eez", ("ES",), "agreed"), word)


def test_a_disputed_zone_is_taken_as_its_column_writes_it():
    (word,) = parse('zone:"EH/MA TS?"').words
    assert zone_is(("territorial", ("EH", "MA"), "disputed"), word)
    assert not zone_is(("territorial", ("EH", "MA"), "agreed"), word)
