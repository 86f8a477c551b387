"""The collector is put off while a copy is built, whoever builds, and is on again afterwards."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from maoc_tui.desk.collecting import put_off


def test_it_is_on_again_when_the_last_has_left() -> None:
    with put_off:
        with put_off:
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_a_fault() -> None:
    with pytest.raises(ValueError, match="broken"), put_off:
        raise ValueError("broken")
    assert gc.isenabled()


def test_two_threads_share_one_collector() -> None:
    both = Barrier(2, timeout=10)

    def build(_: int) -> bool:
        with put_off:
            both.wait()
            return gc.isenabled()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(build, range(2))) == [False, False]
    assert gc.isenabled()


def test_what_was_off_stays_off() -> None:
    gc.disable()
    try:
        with put_off:
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
