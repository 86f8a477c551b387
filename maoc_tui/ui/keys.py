"""Textual bindings made from the table of commands, and the check of a user's own keys."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from maoc_tui.commands import BY_ID, COMMANDS, DIALOG, EVERYWHERE, FORM, commands_of, keys_of
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
    for name in keys:
        if name not in BY_ID:
            raise BadInput(f"settings.toml: keys.{name} is no command.", "`?` lists the commands by name.")
    for command in COMMANDS:
        if command.id in keys and not keys[command.id].strip(", "):
            raise BadInput(f"settings.toml: keys.{command.id} is empty.", "Give it a key, or leave it out.")
        for other in COMMANDS:
            if command.id < other.id and (command.id in keys or other.id in keys):
                _refuse_shared(command.id, other.id, keys)


def _refuse_shared(one: str, two: str, keys: dict[str, str]) -> None:
    first, second = BY_ID[one], BY_ID[two]
    both = set(first.where) | set(second.where)
    if not set(first.where) & set(second.where) and (EVERYWHERE not in both or both & {DIALOG, FORM}):
        return
    shared = _split(keys_of(first, keys)) & _split(keys_of(second, keys))
    if shared:
        raise BadInput(
            f"settings.toml: the key {min(shared)} is given to both {one} and {two}.", "Change one of them."
        )


def _split(keys: str) -> set[str]:
    return {key.strip() for key in keys.split(",") if key.strip()}
