"""The locks the keys file is made of: AES-256-GCM, X25519 (RFC 7748) and HKDF-SHA256 (RFC 5869).

Each lock is bound to what it belongs to, so that a value moved to another place in the file does not open.
"""

from __future__ import annotations

import base64
import os
from hashlib import sha256

from maoc_tui.problems import BadInput

KEY_BYTES = 32
_NONCE_BYTES = 12
_CODE_GROUP = 4


class DoesNotOpen(Exception):
    """A lock was tried with another key, or what it holds was changed."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return os.urandom(KEY_BYTES)


def locked(secret: bytes, key: bytes, belongs_to: str) -> bytes:
    """``secret`` under ``key``: nonce and AES-256-GCM ciphertext."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, belongs_to.encode())


def opened(box: bytes, key: bytes, belongs_to: str) -> bytes:
    """What ``locked`` put away; raises DoesNotOpen."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], belongs_to.encode())
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def new_pair() -> tuple[bytes, bytes]:
    """A new key pair: private and public half, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def sealed(secret: bytes, public: bytes, belongs_to: str) -> bytes:
    """``secret`` for the holder of the private half alone: a public half made for once, then the lock."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    ours = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return ours + locked(secret, expanded(shared, ours + public), belongs_to)


def unsealed(box: bytes, private: bytes, belongs_to: str) -> bytes:
    """What ``sealed`` put away; raises DoesNotOpen."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    if len(box) <= KEY_BYTES:
        raise DoesNotOpen
    once, rest = box[:KEY_BYTES], box[KEY_BYTES:]
    mine = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(once))
    except ValueError:
        raise DoesNotOpen from None
    return opened(rest, expanded(shared, once + mine.public_key().public_bytes_raw()), belongs_to)


def expanded(secret: bytes, about: bytes) -> bytes:
    """A key of 32 bytes from a secret that is random already."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"maoc-tui key\0" + about).derive(secret)


def recovery_code(key: bytes) -> str:
    """A record's key to be written on paper: groups of four letters and digits, with a check of two bytes."""
    text = base64.b32encode(key + sha256(key).digest()[:2]).decode().rstrip("=")
    return "-".join(text[at : at + _CODE_GROUP] for at in range(0, len(text), _CODE_GROUP))


def key_of_code(code: str) -> bytes:
    """The key a recovery code stands for; BadInput when it was not copied as it is."""
    letters = "".join(code.upper().replace("-", "").split()).replace("0", "O").replace("1", "I")
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES + 2 or sha256(raw[:KEY_BYTES]).digest()[:2] != raw[KEY_BYTES:]:
        raise BadInput(
            "That is not a whole recovery code.",
            "Type all groups as they stand on paper; hyphens may be left out.",
        )
    return raw[:KEY_BYTES]
