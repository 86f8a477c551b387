"""What a power cut may leave of what a disk was told to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from disk import Event

_SECTOR = 512


class Platter:
    """Files as they surely stand, and what was written since each was last synced.

    After a sync everything written to that file before it stays. Of later writes each is kept, dropped or torn at a
    sector, whatever became of the others: a disk writes in the order it likes.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._sure = {name: bytearray(content) for name, content in files.items()}
        self._open: dict[str, list[Event]] = {}

    def take(self, event: Event) -> None:
        """Go on by one event."""
        if event.kind == "delete":
            self._delete(event)
        elif event.kind == "sync":
            if any(one.kind == "create" for one in self._open.get(event.file, [])):
                self._sync_folder()
            self._settle(event.file)
        elif event.kind in ("create", "write", "truncate"):
            self._open.setdefault(event.file, []).append(event)

    def _settle(self, name: str) -> None:
        content = self._sure.pop(name, None)
        for one in self._open.pop(name, []):
            if one.kind == "delete":
                content = None
            else:
                _apply(content := bytearray() if content is None else content, one)
        if content is not None:
            self._sure[name] = content

    def _sync_folder(self) -> None:
        """With the first sync of a file that is new, SQLite syncs the folder: what was deleted before is gone."""
        for name in [name for name, events in self._open.items() if events[-1].kind == "delete"]:
            self._settle(name)

    def _delete(self, event: Event) -> None:
        if event.offset:
            self._sure.pop(event.file, None)
            self._open.pop(event.file, None)
        else:
            self._open.setdefault(event.file, []).append(event)

    def cut(self, random: Random) -> dict[str, bytes]:
        """The files after the power went."""
        return self._image(lambda event: _torn(event, random))

    def kept(self) -> dict[str, bytes]:
        """The files after a kill: the system still has every write."""
        return self._image(lambda event: event)

    def _image(self, becomes: Callable[[Event], Event | None]) -> dict[str, bytes]:
        image = {name: bytes(content) for name, content in self._sure.items()}
        for name, events in self._open.items():
            content = bytearray(image.pop(name)) if name in image else None
            for event in filter(None, map(becomes, events)):
                if event.kind == "delete":
                    content = None
                else:
                    _apply(content := bytearray() if content is None else content, event)
            if content is not None:
                image[name] = bytes(content)
        return image


def _apply(content: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
    elif event.kind == "write":
        if event.offset > len(content):
            content.extend(bytes(event.offset - len(content)))
        content[event.offset : event.offset + len(event.data)] = event.data


def _torn(event: Event, random: Random) -> Event | None:
    chance = random.random()
    if chance < 0.45:
        return event
    if chance < 0.8 or event.kind != "write" or len(event.data) <= _SECTOR:
        return None
    sectors = random.randrange(1, -(-len(event.data) // _SECTOR)) * _SECTOR
    if random.random() < 0.5:
        return Event("write", event.file, event.offset, event.data[:sectors])
    return Event("write", event.file, event.offset + sectors, event.data[sectors:])


def files_of(folder: Path, stem: str) -> dict[str, bytes]:
    """The files of a record that nobody has open, its shared memory left out."""
    found = sorted(folder.glob(f"{stem}*"))
    return {path.name: path.read_bytes() for path in found if not path.name.endswith("-shm")}


def laid(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into an empty or used folder; what else lies there goes."""
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def cuts(
    start: Mapping[str, bytes], log: Sequence[Event], images: int, random: Random
) -> Iterator[tuple[list[object], dict[str, bytes]]]:
    """Images of power cuts at random moments of a log, each with the marks that had been set by then."""
    at = sorted(random.randrange(1, len(log) + 1) for _ in range(images))
    platter, marks, done = Platter(start), [], 0
    for moment in at:
        for event in log[done:moment]:
            platter.take(event)
            if event.kind == "mark":
                marks.append(event.mark)
        done = moment
        yield list(marks), platter.cut(random)
