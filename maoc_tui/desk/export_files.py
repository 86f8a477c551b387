"""Files that leave the record: whole or not at all, private, and never over what is there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from pathlib import Path
from types import TracebackType

from maoc_tui.problems import BadInput, StoreProblem

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What a folder says that knows no hard links."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


class Outbox:
    """A folder that files are put into; when the block ends in an error, those put in it are taken out again."""

    def __init__(self, folder: Path) -> None:
        try:
            self.folder = Path(folder).expanduser()
        except RuntimeError:
            raise BadInput(f"{folder} is in nobody's home.", "Choose another folder.") from None
        self._made: list[Path] = []

    def __enter__(self) -> Outbox:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(
                f"{self.folder} cannot be written to ({error.strerror}).", "Choose another folder."
            ) from None
        return self

    def refuse_other(self, name: str, data: bytes) -> None:
        """Raise BadInput when a file of that name is there and says something else."""
        path = self.folder / name
        if path.is_symlink() or path.exists():
            self._same(path, data)

    def put(self, name: str, data: bytes) -> Path:
        """A new file of these bytes; the one that is there already when it holds the same. Raises BadInput."""
        if not _NAME.fullmatch(name):
            raise ValueError(
                "the name of an exported file is made of plain letters, figures, dots and dashes"
            )
        path = self.folder / name
        try:
            return self._placed(path, data)
        except OSError as error:
            raise StoreProblem(
                f"{path} cannot be written ({error.strerror}).", "Choose another folder."
            ) from None

    def _placed(self, path: Path, data: bytes) -> Path:
        handle, temporary = tempfile.mkstemp(prefix=".", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            try:
                os.link(temporary, path)  # fails where something stands: nothing is ever written over
            except FileExistsError:
                return self._same(path, data)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                return self._created(path, data)
        finally:
            Path(temporary).unlink(missing_ok=True)
        self._made.append(path)
        return path

    def _created(self, path: Path, data: bytes) -> Path:
        """A new file where the folder knows no links (FAT, some network shares): taken out again if it fails."""
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return self._same(path, data)
        self._made.append(path)
        with os.fdopen(handle, "wb") as stream:
            try:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                self._made.remove(path)
                path.unlink(missing_ok=True)
                raise
        return path

    @staticmethod
    def _same(path: Path, data: bytes) -> Path:
        if path.is_symlink() or not path.is_file() or path.read_bytes() != data:
            raise BadInput(f"{path} is there already and says something else.", "Choose another folder.")
        return path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        for path in self._made:
            with contextlib.suppress(OSError):
                path.unlink()
