"""The palette: our commands, and only ours."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from maoc_tui.commands import DIALOG, EVERYWHERE, LIST, Command, commands_of, key_text, keys_of


class Ours(Provider):
    """The commands that apply on the screen behind the palette."""

    def _offered(self) -> list[Command]:
        places = (*getattr(self.screen, "PLACES", ()), EVERYWHERE)
        hidden = {"palette", "command_line", "back"}
        return [
            c
            for c in commands_of(*places)
            if c.id not in hidden and LIST not in c.where and DIALOG not in c.where
        ]

    def _entry(self, command: Command) -> tuple[str, Any, str]:
        app: Any = self.app
        keys = key_text(keys_of(command, app.settings.keys))
        return f"{command.title}  {keys}".rstrip(), partial(app.run_command, command), command.help

    async def discover(self) -> Hits:
        """Everything on offer."""
        for command in self._offered():
            title, run, help_text = self._entry(command)
            yield DiscoveryHit(title, run, text=title, help=help_text)

    async def search(self, query: str) -> Hits:
        """What matches the words typed, in the title or in the help."""
        matcher = self.matcher(query)
        for command in self._offered():
            title, run, help_text = self._entry(command)
            score = max(matcher.match(title), 0.8 * matcher.match(help_text))
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, text=title, help=help_text)
