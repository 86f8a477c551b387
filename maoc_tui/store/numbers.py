"""Reference numbers (T-0417) that tell nothing: not how many targets there are, nor which came after which.

Numbers counted upwards would show a partner, by the gaps between those it sees, how many it does not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random, SystemRandom
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

FEWEST = 9_999
"""Numbers to draw from at first; ten times as many whenever half are taken."""


class Numbers(Protocol):
    """Where new numbers come from."""

    def next(self, conn: Connection, column: Any) -> int:
        """A number that no row has in ``column``. Call inside the writing transaction that uses it."""
        ...


class Drawn:
    """Numbers drawn at random among those unused."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def next(self, conn: Connection, column: Any) -> int:
        taken = conn.scalar(select(func.count()).select_from(column.table)) or 0
        highest = FEWEST
        while taken * 2 > highest:
            highest = highest * 10 + 9
        while True:
            number = self._random.randint(1, highest)
            if conn.scalar(select(func.count()).where(column == number)) == 0:
                return number


class InOrder:
    """Numbers counted upwards: for the demo, whose record is the same each time and hides no secret."""

    def next(self, conn: Connection, column: Any) -> int:
        return (conn.scalar(select(func.max(column))) or 0) + 1


_source: Numbers = Drawn(SystemRandom())


def unused(conn: Connection, column: Any) -> int:
    """A new number for a row of the table of ``column``."""
    return _source.next(conn, column)


@contextmanager
def numbered(source: Numbers) -> Iterator[None]:
    """Take new numbers from another source for a while."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
