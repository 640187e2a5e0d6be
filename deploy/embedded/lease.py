"""Is somebody else working in this folder? Asked before a server starts on it."""

import fcntl
import os
import time
from pathlib import Path


class FolderInUseError(RuntimeError):
    """Another server or supervisor holds the folder."""


def take(folder: Path, *, patience_s: float = 0.0) -> int:
    """Lock the folder and return the open file that holds the lock.

    A server inherits the file, so the lock lives exactly as long as the server,
    even when whoever started it is gone: nats-server itself takes no lock, and two
    of them on one store would both write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder / "lease", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(held)
                raise FolderInUseError(str(folder)) from None
            time.sleep(0.02)
        else:
            return held
