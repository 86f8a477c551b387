"""The shipped table of statuses read and checked: each fault names the entry, the field and the reason."""

from __future__ import annotations

from maoc_tui.domain.partner_fields import Row, one_of, require, word
from maoc_tui.domain.partner_rules import DIRECTORIES, ROLES, STATUSES, StatusRule


def read_rules(raw: Row) -> tuple[dict[str, StatusRule], dict[str, str]]:
    """The statuses and the titles of the recipient classes of data/partner_classes.toml; ValueError on a fault."""
    classes = {letter: word(row, "title", f"class {letter}") for letter, row in raw.get("class", {}).items()}
    rules = {status: _rule(status, row, classes) for status, row in raw.get("status", {}).items()}
    missing = [status for status in STATUSES if status not in rules]
    require(not missing, f"status {missing[0] if missing else ''}", "status", "is missing")
    return dict(sorted(rules.items(), key=lambda item: item[1].order)), classes


def _rule(status: str, row: Row, classes: Row) -> StatusRule:
    entry = f"status {status}"
    one_of(status, STATUSES, entry, "status")
    letter = row.get("class", "")
    if letter:
        one_of(letter, classes, entry, "class")
    roles = row.get("roles")
    require(isinstance(roles, list), entry, "roles", "is not a list")
    for role in roles or ():
        one_of(role, ROLES, entry, "roles")
    flags = {name: row.get(name) for name in ("reads", "naming_suffices", "must_see")}
    for name, value in flags.items():
        require(isinstance(value, bool), entry, name, "is not true or false")
    require(isinstance(row.get("order"), int), entry, "order", "is not a whole number")
    require(not (flags["naming_suffices"] and not flags["reads"]), entry, "naming_suffices", "reads is false")
    return StatusRule(
        status=status,
        title=word(row, "title", entry),
        order=row["order"],
        recipient_class=letter,
        directory=one_of(row.get("directory"), DIRECTORIES, entry, "directory"),
        roles=frozenset(roles or ()),
        **{name: bool(value) for name, value in flags.items()},
    )
