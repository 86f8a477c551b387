"""The collector of cyclic rubbish, put off while something large is built that is kept whole or not at all."""

from __future__ import annotations

import gc
from threading import Lock
from types import TracebackType


class PutOff:
    """No collection while any thread is within; afterwards as before.

    Meant for a part of a second: a copy of a brief makes some 100,000 small values and drops none, so that each
    collection meanwhile looks at all of them for nothing (an eighth of the time, measured).
    """

    def __init__(self) -> None:
        self._turn, self._within, self._was_on = Lock(), 0, False

    def __enter__(self) -> None:
        with self._turn:
            if self._within == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._within += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._turn:
            self._within -= 1
            if self._within == 0 and self._was_on:
                gc.enable()


put_off = PutOff()
"""The one of this program: the collector belongs to all its threads."""
