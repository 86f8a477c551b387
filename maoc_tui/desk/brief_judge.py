"""What the gate says of the statements that the lines and positions of one reader's brief rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce

from maoc_tui.brief.document import Cite
from maoc_tui.domain.gate import Released, Standing, Statement, Verdict, may_see
from maoc_tui.domain.marking import Marking, combine
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.brief_reading import Granted

_REASONS = 3


@dataclass(slots=True)
class Judge:
    """What the gate says of the statements a reader's lines rest on."""

    standing: Standing
    reader: Viewer
    held: Mapping[str, Statement]
    granted: Mapping[str, list[Granted]]
    now_ms: int
    _kept: dict[str, Verdict] = field(default_factory=dict)

    def verdict(self, cite: Cite) -> Verdict:
        """Whether the reader sees a statement, and by which rule; each asked once."""
        kept = self._kept.get(cite.id)
        if kept is None:
            kept = self._kept[cite.id] = self._judged(self.held[cite.id])
        return kept

    def _judged(self, statement: Statement) -> Verdict:
        releases: list[Released] = []
        if self.granted:
            releases = [
                one.released for at in (statement, *statement.above) for one in self.granted.get(at.id, ())
            ]
        return may_see(statement, self.reader, self.standing, releases, self.now_ms)

    def shows(self, cites: tuple[Cite, ...]) -> bool:
        """Whether the reader's connection showed every source and the gate shows it, and there is one."""
        for cite in cites:
            if cite.id not in self.held or not self.verdict(cite).seen:
                return False
        return bool(cites)

    def why(self, cites: Iterable[Cite]) -> str:
        """Why what rests on these is in: ``In: own statement; named by originator ES``."""
        return _because(tuple([self.verdict(cite).reason for cite in cites]))

    def marking(self, cites: Iterable[Cite]) -> Marking:
        """The marking of everything cited."""
        return combined(self.held, cites)

    def terms(self, cites: Iterable[Cite]) -> tuple[str, ...]:
        """Conditions of the releases that let the reader see them."""
        if not self.granted:
            return ()
        found = (
            f"{one.condition} ({one.released.ref})"
            for cite in cites
            if self.verdict(cite).reason.startswith("In: released")
            for one in self.granted.get(cite.id, ())
            if one.released.live(self.now_ms) and one.condition
        )
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _because(reasons: tuple[str, ...]) -> str:
    told = tuple(dict.fromkeys(reason.removeprefix("In: ") for reason in reasons))
    more = f"; {len(told) - _REASONS} more" if len(told) > _REASONS else ""
    return f"In: {'; '.join(told[:_REASONS])}{more}"


def combined(held: Mapping[str, Statement], cites: Iterable[Cite]) -> Marking:
    """The marking of everything cited."""
    marks = [held[cite.id].marking for cite in cites]
    first = marks[0]
    return first if all(mark is first for mark in marks) else _combined(frozenset(marks))


@lru_cache(maxsize=4096)
def _combined(marks: frozenset[Marking]) -> Marking:
    """The marking of what is made of several; the order in which they are combined does not matter."""
    return reduce(combine, sorted(marks, key=in_words))


@lru_cache(maxsize=4096)
def in_words(marking: Marking) -> str:
    """A marking as it is written; the same few are written thousands of times."""
    return str(marking)


@lru_cache(maxsize=4096)
def owners_of(marking: Marking) -> tuple[str, ...]:
    """Whose words what is so marked is made of."""
    return tuple(sorted(marking.originators))
