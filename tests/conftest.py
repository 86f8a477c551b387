"""Settings all tests share: nothing of the user's own folders is read or written."""

import os
import tempfile
from pathlib import Path

import pytest
import quick_records
from hypothesis import settings

from maoc_tui.store import numbers, passphrases

_PLACE = Path(tempfile.gettempdir()) / f"maoc-tests-{os.getuid()}"
_PLACE.mkdir(mode=0o700, exist_ok=True)
os.environ.setdefault("MAOC_CACHE", str(_PLACE))
"""The built zone index is kept between runs: building it takes some seconds."""
os.environ["MAOC_DATA"] = tempfile.mkdtemp(prefix="data-", dir=_PLACE)
os.environ["MAOC_CONFIG"] = tempfile.mkdtemp(prefix="config-", dir=_PLACE)
os.environ.pop("MAOC_DB", None)

# Outside of tests the numbers of targets are drawn at random.
numbers._source = numbers.InOrder()

# A first call that imports or allocates may take long on a loaded machine; that is no failure.
# The same examples each time, so that what passed here passes there; MAOC_EXPLORE=1 looks for new ones.
settings.register_profile("maoc", deadline=None, derandomize="MAOC_EXPLORE" not in os.environ)
settings.load_profile("maoc")

# One guess costs the product 64 MiB and a third of a second; here it costs nothing. Nothing a user sets does this.
passphrases.profile = passphrases.Profile(passes=1, memory_kib=8, lanes=1)


quick_records.begin()


def pytest_configure(config: pytest.Config) -> None:
    """Build the zone index before the workers begin: each of them would build it for itself."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        from zone_room import shipped_zones

        shipped_zones()


@pytest.fixture(autouse=True)
def _switches_kept():
    """A command run in this process takes Textual's switches out of the environment; other tests need theirs."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("TEXTUAL")}
    yield
    os.environ.update(kept)
