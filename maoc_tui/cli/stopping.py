"""Ending long work from the outside: an interrupt lets it finish its step and give its account."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def stopping(seconds: float | None = None) -> Iterator[threading.Event]:
    """An event that an interrupt, a hang-up or the given time sets."""
    stop = threading.Event()
    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in known}
    timer = threading.Timer(seconds if seconds is not None else threading.TIMEOUT_MAX, stop.set)
    timer.daemon = True
    timer.start()
    try:
        yield stop
    finally:
        timer.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)
