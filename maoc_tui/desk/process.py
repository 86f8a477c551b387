"""What the operating system and the SSH server vouch for about this process; never what a variable claims.

``$LOGNAME`` and ``$USER`` can be set by anybody, so the user comes from the process itself. Over SSH the key comes
from the file that sshd writes for the session when ``ExposeAuthInfo yes`` is set (sshd_config(5)); a client
cannot choose it.
"""

from __future__ import annotations

import base64
import os
import stat
from binascii import Error
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

_LONGEST = 65_536


def os_user() -> str:
    """The user this process runs as; its number where the system has no name for it."""
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def ssh_keys() -> frozenset[str]:
    """Fingerprints (``SHA256:…``) of the public keys this SSH session was opened with; none without SSH."""
    named = os.environ.get("SSH_USER_AUTH")
    if not named:
        return frozenset()
    try:
        path = Path(named)
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_uid not in (0, os.geteuid()):
            return frozenset()
        lines = path.read_text("ascii")[:_LONGEST].splitlines()
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(_fingerprints(lines))


def _fingerprints(lines: list[str]) -> Iterator[str]:
    for line in lines:
        words = line.split()
        if len(words) >= 3 and words[0] == "publickey":
            try:
                yield fingerprint(words[2])
            except ValueError:
                continue


def fingerprint(key: str) -> str:
    """What ssh-keygen -l prints of a public key's base64 text; ValueError when it is none."""
    try:
        blob = base64.b64decode(key, validate=True)
    except Error:
        raise ValueError("no base64") from None
    return "SHA256:" + base64.b64encode(sha256(blob).digest()).decode().rstrip("=")


def owns(path: Path) -> bool:
    """Whether this process runs as the owner of a file."""
    try:
        return path.stat().st_uid == os.geteuid()
    except OSError:
        return False


def place() -> str:
    """Where somebody sits, for the record: the terminal, and over SSH the address."""
    try:
        terminal = os.ttyname(0)
    except OSError:
        terminal = "no terminal"
    client = os.environ.get("SSH_CONNECTION", "").split(" ")[0]
    return f"{os_user()} on {terminal}" + (f" from {client}"[:80] if client else "")
