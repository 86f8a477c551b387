"""Signing in and out on the command line: a session in the record, and a short-lived token file for it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from maoc_tui.desk import access, signing_in, tokens
from maoc_tui.desk.room import Room
from maoc_tui.desk.tokens import Token
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, Problem
from maoc_tui.store import keyring


def sign_in(
    path: Path, login: str, passphrase: str, *, asked: str = "", purpose: str = ""
) -> tuple[Viewer, int]:
    """Sign in and write the token file; who came in, and until when in milliseconds. Raises NotPermitted."""
    path = path.expanduser().resolve()
    room = _open(path, login, passphrase)
    try:
        room.admit(asked=asked)
        if access.single_user(room):
            raise BadInput(
                "Nobody is enrolled: the record is in single-user mode and needs no sign-in.",
                "Enrol an administrator with: maoc account enrol LOGIN",
            )
        if asked:
            access.refuse_as(room, asked)
        secret = tokens.new_secret()
        came = signing_in.admit(room, login, passphrase, kind="cli", secret=secret, purpose=purpose)
        token = Token(str(room.admission.session), secret, login, signing_in.ends_ms(room))
        if room.db.key is not None:
            with keyring.changing(path) as keep:
                now = room.admission.wall.now_ms()
                box = token.wrapped(room.db.key)
                keep(keyring.load(path).with_pass(token.session, token.until_ms, box, now))
        tokens.write(tokens.path_of(path, asked), token)
        return came, token.until_ms
    finally:
        room.close()


def _open(path: Path, login: str, passphrase: str) -> Room:
    if not keyring.encrypted(path):
        return Room.open(path)
    return signing_in.open_unlocked(
        signing_in.unlock(path, login, passphrase), lambda key: Room.open(path, key=key)
    )


def sign_out(path: Path, *, asked: str = "") -> bool:
    """End the session and remove the token file; whether there was one. It goes even where the session cannot end."""
    path = path.expanduser().resolve()
    file = tokens.path_of(path, asked)
    try:
        token = tokens.read(file)
        if token is not None:
            _end(path, token)
    except Problem:
        pass
    finally:
        there = file.exists()
        file.unlink(missing_ok=True)
    return there


def _end(path: Path, token: Token) -> None:
    key = tokens.key(path, token, Clock().now_ms())
    room = Room.open(path, key=key)
    try:
        room.admission.session, room.admission.secret_hash = UUID(token.session), token.hash
        signing_in.sign_out(room)
    finally:
        room.close()
