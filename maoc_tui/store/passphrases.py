"""Passphrases: what is kept of one (an argon2id hash), and the key that comes out of one.

The profile is the low-memory choice of RFC 9106, section 4. A hash names its own parameters, so a profile
made stronger later applies from each officer's next sign-in on.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12
"""Characters; a sentence of four words has more."""
LONGEST = 256
SALT_BYTES = 16
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Profile:
    """What one guess costs."""

    passes: int
    memory_kib: int
    lanes: int


STRONG = Profile(passes=3, memory_kib=64 * 1024, lanes=4)
profile = STRONG
"""The profile in use. Only the tests put another here: nothing a user can set does."""


def acceptable(passphrase: str, *not_like: str) -> str:
    """``passphrase`` itself when it may be taken; BadInput when it is short, long or says the login or name."""
    if not SHORTEST <= len(passphrase) <= LONGEST:
        raise BadInput(
            f"A passphrase has {SHORTEST} to {LONGEST} characters.",
            "Take four or more words nobody links to you.",
        )
    said = passphrase.casefold()
    if len(set(said)) < 5 or any(
        len(word) > 3 and said == word.casefold() * (len(said) // len(word)) for word in not_like
    ):
        raise BadInput(
            "That passphrase is too easy to guess.", "Take four or more words nobody links to you."
        )
    if printable(passphrase, LONGEST) != passphrase:
        raise BadInput(
            "The passphrase holds characters that cannot be typed everywhere.",
            "Use letters, digits and spaces.",
        )
    return passphrase


def hashed(passphrase: str) -> str:
    """What is kept to know the passphrase again: argon2id with salt and parameters in one text."""
    return _hasher(profile).hash(passphrase)


def matches(kept: str, passphrase: str) -> bool:
    """Whether ``passphrase`` is the one of ``kept``; "" stands for nobody and takes as long to refuse."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return _hasher(profile).verify(kept or _nobody(profile), passphrase) and bool(kept)
    except (Argon2Error, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether a kept hash was made with other parameters than are in use now."""
    return _hasher(profile).check_needs_rehash(kept)


def derived(passphrase: str, salt: bytes, cost: Profile) -> bytes:
    """A key of 32 bytes from a passphrase."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        passphrase.encode(), salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID
    )


@lru_cache(maxsize=2)
def _hasher(cost: Profile) -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)


@lru_cache(maxsize=2)
def _nobody(cost: Profile) -> str:
    """The hash of a passphrase nobody has: an unknown login is refused as slowly as a known one."""
    return _hasher(cost).hash(os.urandom(SALT_BYTES).hex())
