"""The filter language: ``flag:VE,CO type:sail -status:closed age<6h (zone:HS OR near:38.7,-9.1<50) paloma``.

Terms stand side by side for AND; OR, NOT, ``-`` and parentheses as usual; free words look in name, call sign,
MMSI, IMO, registration and target; quotes keep blanks, colons and key words together. Anything that cannot be
understood raises BadInput with the place and what is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from maoc_tui.domain.query_fields import FIELDS, nearest
from maoc_tui.domain.query_fields import find as find_field
from maoc_tui.domain.query_terms import Term, Word, describe_term, read_term
from maoc_tui.problems import BadInput

LENGTH_LIMIT = 500
_DEPTH_LIMIT = 20
_EXAMPLE = "Try flag:VE,CO type:sail age<6h zone:HS, or ? for the fields."


@dataclass(frozen=True, slots=True)
class Not:
    """Everything the inner query does not match."""

    item: Query


@dataclass(frozen=True, slots=True)
class And:
    """What matches every item; everything when there are none."""

    items: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What matches any item."""

    items: tuple[Query, ...]


Query = And | Or | Not | Term | Word
EVERYTHING = And(())

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s)]))|
        (?P<field>[A-Za-z_]+)\s*(?P<op>:|<=|>=|=|<|>)\s*(?P<value>(?:"[^"]*"|[^\s()"])*)|
        "(?P<quoted>[^"]*)"|
        (?P<bare>[^\s()"]+)
    )""",
    re.VERBOSE,
)


def parse(text: str) -> Query:
    """The query written in ``text``; EVERYTHING when it is empty. Raises nothing but BadInput."""
    if len(text) > LENGTH_LIMIT:
        raise BadInput(f"A filter of {len(text)} characters is too long.", f"Keep it below {LENGTH_LIMIT}.")
    parser = _Parser(_tokens(text), len(text) + 1)
    query = parser.either(0) if parser.tokens else EVERYTHING
    if parser.tokens:
        raise BadInput(f"At {parser.tokens[0].at}: a closing parenthesis too many.", "Take it out.")
    return query


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """open, close, minus, or, and, not, or term."""
    at: int
    """Column, from 1."""
    term: Term | Word | None = None


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            quote = text.index('"', at) + 1
            raise BadInput(f"At {quote}: a quote is not closed.", 'Close it with another ".')
        tokens.append(_token(match))
        at = match.end()
    return tokens


def _token(match: re.Match[str]) -> _Token:
    at = match.end() - len(match[0].lstrip()) + 1
    for kind in ("open", "close", "minus"):
        if match[kind]:
            return _Token(kind, at)
    if match["field"]:
        field = find_field(match["field"])
        if field is None:
            raise _unknown_field(match["field"], at)
        return _Token("term", at, read_term(field, match["op"], match["value"], at))
    if match["quoted"] is not None:
        return _Token("term", at, Word(_worth_seeking(match["quoted"], at)))
    if match["bare"].lower() in ("or", "and", "not"):
        return _Token(match["bare"].lower(), at)
    return _Token("term", at, Word(_worth_seeking(match["bare"], at)))


def _worth_seeking(word: str, at: int) -> str:
    if not word.strip():
        raise BadInput(f"At {at}: there is nothing between the quotes.", _EXAMPLE)
    return " ".join(word.split())


def _unknown_field(name: str, at: int) -> BadInput:
    meant = nearest(name)
    known = f"Did you mean {meant}:? " if meant else ""
    names = ", ".join(field.name for field in FIELDS)
    return BadInput(
        f"At {at}: there is no field {name}.", f"{known}Known: {names}. Quote it to seek the words."
    )


@dataclass(slots=True)
class _Parser:
    tokens: list[_Token]
    end: int
    """Column behind the last character."""

    def _next_is(self, kind: str) -> bool:
        if self.tokens and self.tokens[0].kind == kind:
            self.tokens.pop(0)
            return True
        return False

    def either(self, depth: int) -> Query:
        """Alternatives joined by OR."""
        items = [self.all(depth)]
        while self._next_is("or"):
            items.append(self.all(depth))
        return items[0] if len(items) == 1 else Or(tuple(items))

    def all(self, depth: int) -> Query:
        """Terms that stand side by side."""
        items = [self.one(depth)]
        while self.tokens and self.tokens[0].kind not in ("or", "close"):
            self._next_is("and")
            items.append(self.one(depth))
        return items[0] if len(items) == 1 else And(tuple(items))

    def one(self, depth: int) -> Query:
        """A term, a negation or a group; raises BadInput where there is none."""
        if not self.tokens:
            raise BadInput(f"At {self.end}: something is missing at the end.", _EXAMPLE)
        if depth > _DEPTH_LIMIT:
            raise BadInput(f"At {self.tokens[0].at}: nested too deep.", f"Nest at most {_DEPTH_LIMIT} times.")
        token = self.tokens.pop(0)
        if token.kind in ("minus", "not"):
            return Not(self.one(depth + 1))
        if token.kind == "open":
            inner = self.either(depth + 1)
            if not self._next_is("close"):
                raise BadInput(f"At {token.at}: this parenthesis is not closed.", "Close it with ).")
            return inner
        if token.term is None:
            raise BadInput(
                f"At {token.at}: something is missing before this.", f"{_EXAMPLE} Quote it to seek the word."
            )
        return token.term


def describe(query: Query) -> str:
    """The query in words: ``flag VE or CO, and not status closed``; ``everything`` for an empty one."""
    if isinstance(query, Not):
        return f"not {_grouped(query.item)}"
    if isinstance(query, And):
        return ", and ".join(_grouped(item) for item in query.items) or "everything"
    if isinstance(query, Or):
        return ", or ".join(_grouped(item) for item in query.items)
    return describe_term(query)


def _grouped(query: Query) -> str:
    inner = describe(query)
    return f"({inner})" if isinstance(query, Or) or (isinstance(query, And) and query.items) else inner
