"""How a passphrase comes in: typed unseen, on standard input, or from an open file; never as an argument."""

from __future__ import annotations

import os
import sys

import click

from maoc_tui.cli.answers import F
from maoc_tui.problems import BadInput

_MOST_BYTES = 1024


def passphrase_options(function: F) -> F:
    """``--passphrase-stdin`` and ``--passphrase-fd N``: for scripts and services."""
    function = click.option(
        "--passphrase-fd", type=click.IntRange(0, 255), help="Read it from this open file descriptor."
    )(function)
    return click.option("--passphrase-stdin", is_flag=True, help="Read it from standard input.")(function)


def passphrase(prompt: str, from_stdin: bool, fd: int | None, *, twice: bool = False) -> str:
    """One passphrase; asked for twice at a terminal when it is new. Raises BadInput when there is none."""
    if from_stdin or fd is not None:
        return _read(0 if fd is None else fd)
    if not sys.stdin.isatty():
        raise BadInput(
            "A passphrase is needed, and there is no terminal to type it on.",
            "Give it with --passphrase-stdin or --passphrase-fd N.",
        )
    typed = str(click.prompt(prompt, hide_input=True, err=True))
    if twice and click.prompt(f"{prompt} again", hide_input=True, err=True) != typed:
        raise BadInput("The two are not the same.", "Do it again.")
    return typed


def _read(fd: int) -> str:
    """The first line of an open file, byte by byte: what follows it belongs to somebody else."""
    got = bytearray()
    try:
        while len(got) <= _MOST_BYTES and (byte := os.read(fd, 1)) not in (b"", b"\n"):
            got += byte
        text = got.decode("utf-8").removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text:
        raise BadInput(f"No passphrase came on file descriptor {fd}.", "Check what feeds it.")
    return text
