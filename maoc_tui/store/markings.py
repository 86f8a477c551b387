"""The marking of a statement as columns: what every governed table carries and the gate compares."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from maoc_tui.domain.marking import Classification, Grade, Handling, Marking, Tlp


class Marked(SQLModel):
    """Columns of a marking."""

    originator: str = Field(sa_type=Text)
    handling: str = Field(default="H2", sa_type=Text)
    """Codes parted by commas: ``H1,H2``."""
    tlp: str = Field(default="", sa_type=Text)
    classification: str = Field(default="UNCLASSIFIED", sa_type=Text)
    grade: str = Field(default="", sa_type=Text)
    releasable_to: str = Field(default="", sa_type=Text)
    """Partner codes, each between commas: ``,ES,FR,``; "" is originator only."""
    caveat: str = Field(default="", sa_type=Text)


def to_columns(marking: Marking) -> dict[str, str]:
    """The columns of one statement's marking. A recorded statement has one originator."""
    (originator,) = marking.originators
    partners = sorted(marking.releasable_to)
    return {
        "originator": originator,
        "handling": ",".join(code.name for code in sorted(marking.handling)),
        "tlp": "" if marking.tlp is None else marking.tlp.name,
        "classification": marking.classification.name,
        "grade": str(marking.grade or ""),
        "releasable_to": f",{','.join(partners)}," if partners else "",
        "caveat": "; ".join(sorted(marking.caveats)),
    }


COLUMNS = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
"""The columns of a marking, in the order ``marking_of`` takes them."""


def from_columns(row: Any) -> Marking:
    """The marking of a row that has the columns."""
    return marking_of(
        row.originator, row.handling, row.tlp, row.classification, row.grade, row.releasable_to, row.caveat
    )


@lru_cache(maxsize=1024)
def marking_of(
    originator: str, handling: str, tlp: str, classification: str, grade: str, releasable_to: str, caveat: str
) -> Marking:
    """The marking of its columns; the same few stand on thousands of statements."""
    return Marking(
        originators=frozenset({originator}),
        handling=frozenset(Handling[code] for code in handling.split(",")),
        grade=Grade(grade[0], int(grade[1])) if grade else None,
        tlp=Tlp[tlp] if tlp else None,
        classification=Classification[classification],
        releasable_to=frozenset(filter(None, releasable_to.split(","))),
        caveats=frozenset({caveat}) if caveat else frozenset(),
    )
