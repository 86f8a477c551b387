"""The key that signs checkpoints: Ed25519, in a file of its own (0600) beside the database.

It lies outside the database so that a copy of the database alone signs nothing.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.store.journal_chain import encoded

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_DOMAIN = b"maoc-checkpoint-1\0"


def path_of(database: Path) -> Path:
    """Where the signing key of a database lies."""
    return database.with_name(database.name + ".journal-key")


def load(database: Path, *, create: bool) -> Ed25519PrivateKey:
    """The signing key of a database, made at first use when ``create``; raises StoreProblem."""
    path = path_of(database)
    try:
        if create and not path.exists():
            _make(path)
        return _read(path.read_bytes())
    except FileNotFoundError:
        raise StoreProblem(
            f"There is no signing key {path}: no checkpoint was written yet.",
            "Make one with: maoc journal checkpoint.",
        ) from None
    except (OSError, ValueError) as error:
        raise StoreProblem(
            f"The signing key {path} cannot be used ({type(error).__name__}).",
            "Restore that file from the newest backup.",
        ) from None


def _read(pem: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return key


def _make(path: Path) -> None:
    """Write a new key whole or not at all; the first of several programs to do so wins."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem = Ed25519PrivateKey.generate().private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            return
    finally:
        part.unlink()


def raw_public(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public half."""
    return key.public_key().public_bytes_raw()


def public_pem(key: Ed25519PrivateKey) -> str:
    """The public half as a PEM text, to be kept outside."""
    from cryptography.hazmat.primitives import serialization as form

    pem = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    return pem.decode()


def read_public(pem: bytes) -> bytes:
    """The 32 bytes of a public key kept as PEM; raises BadInput."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise BadInput(
            "That file holds no public key of a journal.", "Give one written by: maoc journal key."
        )
    return key.public_bytes_raw()


def sign(key: Ed25519PrivateKey, seq: int, at_ms: int, digest: bytes) -> bytes:
    """The signature of a checkpoint."""
    return key.sign(_DOMAIN + encoded((seq, at_ms, digest)))


def signed(public: bytes, signature: bytes, seq: int, at_ms: int, digest: bytes) -> bool:
    """Whether a checkpoint bears the signature of the key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _DOMAIN + encoded((seq, at_ms, digest)))
    except (InvalidSignature, ValueError):
        return False
    return True
