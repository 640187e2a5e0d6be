"""What is searched for, in which forms, and where: the eyes of the canary test."""

import base64
import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

SMALLEST_FORM = 8


class Hit(NamedTuple):
    """A form of a mark, and where it was seen."""

    mark: str
    form: str
    place: str


def forms(text: str) -> dict[str, bytes]:
    """Give the ways in which a text may lie about without lying open."""
    found: dict[str, bytes] = {}
    for normal in ("NFC", "NFD"):
        plain = unicodedata.normalize(normal, text)
        found |= {f"{normal} {k}": v for k, v in _encodings(plain).items()}
    distinct = {form: name for name, form in reversed(found.items())}
    return {name: f for f, name in distinct.items() if len(f) >= SMALLEST_FORM}


def _encodings(text: str) -> dict[str, bytes]:
    utf8 = text.encode()
    escaped = json.dumps(text)[1:-1].encode()
    found = {
        "utf-8": utf8,
        "upper case": text.upper().encode(),
        "lower case": text.lower().encode(),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "hex": utf8.hex().encode(),
        "HEX": utf8.hex().upper().encode(),
        "url": quote(text, safe="").encode(),
        "url lower": quote(text, safe="").lower().encode(),
        "escaped": escaped,
        "escaped by Python": text.encode("ascii", "backslashreplace"),
        "escaped twice": escaped.replace(b"\\", b"\\\\"),
        "octal": "".join(chr(b) if b < 128 else f"\\{b:03o}" for b in utf8).encode(),
    }
    for shift in range(3):
        # The inner letters are the same whatever stands around; the rims differ.
        inner = base64.b64encode(b"\0" * shift + utf8)[4:-4]
        found[f"base64 +{shift}"] = inner
        found[f"base64url +{shift}"] = inner.replace(b"+", b"-").replace(b"/", b"_")
    return found


def raw(name: str, secret: bytes) -> dict[str, bytes]:
    """Give the ways in which bytes (a key, an id) may lie about."""
    return {
        f"{name} bytes": secret,
        f"{name} hex": secret.hex().encode(),
        f"{name} base64": base64.b64encode(secret).rstrip(b"="),
    }


def seen(marks: dict[str, dict[str, bytes]], place: str, hay: bytes) -> list[Hit]:
    """Give every form of every mark that the bytes hold."""
    return [
        Hit(mark, form, place)
        for mark, known in marks.items()
        for form, needle in known.items()
        if hay.find(needle) >= 0
    ]


def seen_in_files(
    marks: dict[str, dict[str, bytes]], folders: Iterable[Path]
) -> list[Hit]:
    """Search every file below the folders."""
    hits: list[Hit] = []
    for path in _files(folders):
        # mmap's own search is many times slower than that of bytes.
        hits += seen(marks, str(path), path.read_bytes())
    return hits


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path
