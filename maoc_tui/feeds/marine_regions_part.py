"""A download in pieces: a file with the request in its first line and one page of features in each further one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from maoc_tui.problems import Problem, StoreProblem


class Part:
    """The partial file of one request; a page cut short is dropped, another request's file is begun anew."""

    def __init__(self, path: Path, request: dict[str, str]) -> None:
        self.path, self._request = path, request
        self.count, self.total, self.whole = 0, None, False
        self.total: int | None
        self._seen: set[Any] = set()
        self._resume()

    def add(self, features: list[Any], total: int | None, last: bool) -> None:
        """Keep a page. Raises Problem when the service's data changed between pages."""
        keys = [feature.get("id") for feature in features if isinstance(feature, dict)]
        known = [key for key in keys if key is not None]
        if (self.count and total != self.total) or len(set(known)) < len(known) or self._seen & set(known):
            self.drop()
            raise Problem("Marine Regions changed its data between two pages.", "Run the same command again.")
        ended = last or (total is not None and self.count + len(features) >= total)
        if total is not None and self.count + len(features) < total and last:
            ended = False
            if not features:
                raise Problem(
                    f"Marine Regions stopped after {self.count} of {total} features.",
                    "Run the same command again later: it goes on where it stopped.",
                )
        self._write({"total": total, "last": ended, "features": features})
        self.count, self.total, self.whole = self.count + len(features), total, ended
        self._seen |= set(known)

    def finish(self, out: Path, about: dict[str, str]) -> None:
        """Write the whole as one FeatureCollection and remove the partial file. Raises StoreProblem."""
        made = out.with_name(out.name + ".new")
        head = orjson.dumps({"type": "FeatureCollection", "maoc": about})[:-1]
        try:
            with made.open("wb") as file:
                file.write(head + b',"features":[')
                first = True
                for page in self._pages():
                    for feature in page["features"]:
                        file.write((b"\n" if first else b",\n") + orjson.dumps(feature))
                        first = False
                file.write(b"\n]}\n")
            made.replace(out)
        except OSError as error:
            raise _unwritten(out, error) from None
        self.drop()

    def drop(self) -> None:
        """Remove the partial file."""
        self.path.unlink(missing_ok=True)

    def _resume(self) -> None:
        good = 0
        try:
            with self.path.open("rb") as file:
                head = file.readline()
                if orjson.loads(head) != self._request:
                    return self.drop()
                good = len(head)
                for line in file:
                    page = orjson.loads(line)
                    if not line.endswith(b"\n"):
                        break
                    self.count, self.total = self.count + len(page["features"]), page["total"]
                    self._seen |= {f["id"] for f in page["features"] if isinstance(f, dict) and f.get("id")}
                    self.whole, good = bool(page["last"]), good + len(line)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, OSError):
            if not good:
                return self.drop()
        with self.path.open("r+b") as file:
            file.truncate(good)
        return None

    def _pages(self) -> Any:
        with self.path.open("rb") as file:
            file.readline()
            for line in file:
                yield orjson.loads(line)

    def _write(self, page: dict[str, Any]) -> None:
        try:
            new = not self.path.exists()
            with self.path.open("ab") as file:
                file.write((orjson.dumps(self._request) + b"\n" if new else b"") + orjson.dumps(page) + b"\n")
        except OSError as error:
            raise _unwritten(self.path, error) from None


def _unwritten(path: Path, error: OSError) -> StoreProblem:
    return StoreProblem(f"{path}: cannot be written ({error.strerror}).", "Check the rights and the space.")
