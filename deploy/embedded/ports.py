"""Which local port does a server listen on? Remembered, so that a restart keeps it."""

import secrets
import socket
from pathlib import Path

# Below the kernel's ephemeral range: a client that retries a connection to a port
# inside that range while nobody listens can end up connected to itself.
LOWEST = 15000
HIGHEST = 32000


def is_free(port: int) -> bool:
    """Say whether a server could listen on the port of the loopback address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(preferred: int | None = None) -> int:
    """Return the preferred port, or another one that is free."""
    if preferred is not None and is_free(preferred):
        return preferred
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        if is_free(port):
            return port


def remembered_port(note: Path, preferred: int | None = None) -> int:
    """Return the port written in `note`; choose and write another if it is taken."""
    if note.exists():
        preferred = int(note.read_text())
    port = free_port(preferred)
    note.write_text(f"{port}\n")
    return port
