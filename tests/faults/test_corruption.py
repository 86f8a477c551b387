"""Damage to the file: an encrypted record notices every kind of it before anything is shown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from acts import KEY, record

from maoc_tui.problems import StoreProblem
from maoc_tui.store import checks, driver, schema

PAGE = 4096
EACH = 50


def one_bit(data: bytearray, random: Random) -> None:
    place = random.randrange(PAGE, len(data))
    data[place] ^= 1 << random.randrange(8)


def header_bit(data: bytearray, random: Random) -> None:
    data[random.randrange(100)] ^= 1 << random.randrange(8)


def page_of_zeros(data: bytearray, random: Random) -> None:
    at = random.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def cut_off(data: bytearray, random: Random) -> None:
    del data[random.randrange(PAGE, len(data) - 1) :]


def two_pages_exchanged(data: bytearray, random: Random) -> None:
    one, other = (n * PAGE for n in random.sample(range(1, len(data) // PAGE), 2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


def untouched(data: bytearray, random: Random) -> None:
    """Nothing."""


KINDS = (one_bit, header_bit, page_of_zeros, cut_off, two_pages_exchanged)


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("encrypted"), KEY)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("plain"))


def unnoticed(
    whole: Path, spoil: Callable[[bytearray, Random], None], key: bytes | None, folder: Path
) -> int:
    """How many of the damaged files are opened without a word."""
    random, silent, copy = Random(spoil.__name__), 0, folder / "maoc.db"
    told: set[str] = set()
    for _ in range(EACH):
        data = bytearray(whole.read_bytes())
        spoil(data, random)
        copy.write_bytes(data)
        try:
            with closing(driver.connect(copy, key)) as connection:
                checks.probe(connection, copy, schema.newest())
            silent += 1
        except StoreProblem as problem:
            told.add(problem.message.replace(str(copy), "It"))
    assert told <= {
        "The database It is damaged.", "It is not a database, or it is encrypted with another key."
    }  # fmt: skip
    return silent


@pytest.mark.parametrize("spoil", KINDS)
def test_every_damage_to_an_encrypted_record_is_said_as_it_is_opened(
    encrypted: Path, tmp_path: Path, spoil: Callable[[bytearray, Random], None]
) -> None:
    assert unnoticed(encrypted, spoil, KEY, tmp_path) == 0


def test_the_twin_without_encryption_lets_single_bits_through(plain: Path, tmp_path: Path) -> None:
    """Why the manual asks for encryption: SQLite's own check cannot see what a page says."""
    assert unnoticed(plain, one_bit, None, tmp_path) > EACH // 4


def test_the_whole_file_is_opened_without_a_word(encrypted: Path, tmp_path: Path) -> None:
    assert unnoticed(encrypted, untouched, KEY, tmp_path) == EACH
