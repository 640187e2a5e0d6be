"""Where do generated secrets lie? In files that only their owner can read."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Replace the file in one step; others cannot read it at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


def passwords(path: Path, names: Iterable[str]) -> dict[str, str]:
    """Return one password per name, generated at the first call and kept in `path`."""
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in names if name not in kept]
    if missing:
        # A leading letter: NATS reads a bare value that starts like a number as one.
        kept |= {name: f"p{secrets.token_hex(20)}" for name in missing}
        write_private(path, json.dumps(kept, indent=1))
    return kept
