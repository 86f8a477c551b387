"""Textual bindings made from the table of commands, and the check of a user's own keys."""

from __future__ import annotations

import unicodedata

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, Keys

from maoc_tui.commands import (
    BY_ID,
    COMMANDS,
    DIALOG,
    EVERYWHERE,
    FORM,
    HANDOVER,
    Command,
    commands_of,
    keys_of,
)
from maoc_tui.commands.command import MARKS, VIEWS
from maoc_tui.problems import BadInput


def bindings(*places: str, priority: bool = False) -> list[BindingType]:
    """The bindings of the commands that apply in these places; their ids are the commands' ids.

    With ``priority`` they are done before what has the focus sees the key, so that what is typed after them in
    one burst goes where they lead.
    """
    return [
        Binding(command.keys, command.action, command.title, show=False, id=command.id, priority=priority)
        for command in commands_of(*places)
        if command.keys
    ]


def always() -> list[BindingType]:
    """The bindings that hold over every window and while something is typed."""
    redraw = BY_ID["redraw"]
    return [Binding(redraw.keys, redraw.action, redraw.title, show=False, id=redraw.id, priority=True)]


def check_rebinding(keys: dict[str, str]) -> None:
    """Refuse a rebinding that names no command or gives one key to two; raises BadInput."""
    wrong = _wrong(keys)
    if wrong is not None:
        raise BadInput(f"settings.toml: keys.{wrong[0]}: {wrong[1]}.", "`?` lists the keys there are.")


def kept(keys: dict[str, str]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The user's keys that can be used, and of every other its command and why not."""
    left, refused = dict(keys), []
    while (wrong := _wrong(left)) is not None:
        refused.append(wrong)
        del left[wrong[0]]
    return left, tuple(refused)


def _wrong(keys: dict[str, str]) -> tuple[str, str] | None:
    """The first rebinding that cannot be: the command it is written for, and why; None when all can."""
    for name, given in keys.items():
        if name not in BY_ID:
            return name, "no such command"
        if not given.strip(", "):
            return name, "empty; give it a key, or leave it out"
        for key in _split(given):
            if not _is_key(key):
                return name, f"no key is called {key!r}"
    for command in COMMANDS:
        for other in COMMANDS:
            if command.id < other.id and (command.id in keys or other.id in keys):
                shared = _shared(command, other, keys)
                if shared:
                    named, beside = (other, command) if other.id in keys else (command, other)
                    return named.id, f"the key {shared} is given to both {named.id} and {beside.id}"
    return None


_WINDOWS = {DIALOG, FORM, HANDOVER, VIEWS, MARKS}
"""Places of windows: while one is open, what holds everywhere does not."""


def _shared(first: Command, second: Command, keys: dict[str, str]) -> str:
    """A key that would mean both commands in one place; "" for none."""
    both = set(first.where) | set(second.where)
    if not set(first.where) & set(second.where) and (EVERYWHERE not in both or both & _WINDOWS):
        return ""
    return min(_split(keys_of(first, keys)) & _split(keys_of(second, keys)), default="")


def _split(keys: str) -> set[str]:
    """Single keys by Textual's names: ``?`` and ``question_mark`` are one."""
    return {_name_of(key.strip()) for key in keys.split(",") if key.strip()}


_NAMES = frozenset(key.value for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())
"""The names Textual has for keys, those of most characters left out."""


def _name_of(key: str) -> str:
    """Textual's name of a character; of anything else itself."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _is_key(key: str) -> bool:
    """Whether a terminal can send a key of this name: a character, its name, or one of Textual's."""
    *modifiers, last = key.split("+")
    if not {"ctrl", "shift", "alt"}.issuperset(modifiers):
        return False
    return len(last) == 1 or last in _NAMES or _names_character(last)


def _names_character(key: str) -> bool:
    """Whether this is the name of a character, such as question_mark."""
    try:
        return bool(unicodedata.lookup(KEY_TO_UNICODE_NAME.get(key, key.replace("_", " ")).upper()))
    except KeyError:
        return False
