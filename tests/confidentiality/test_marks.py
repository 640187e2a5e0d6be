"""The searcher itself: blind eyes would find every house clean."""

import base64
import json
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.confidentiality.marks import forms, seen, seen_in_files

MARK = "dấu mốc đường Hòa Bình qzkvjx"


@pytest.mark.parametrize(
    "hidden",
    [
        MARK.encode(),
        unicodedata.normalize("NFD", MARK).encode(),
        MARK.encode("utf-16"),
        MARK.encode("utf-16-be"),
        MARK.upper().encode(),
        json.dumps({"text": MARK}).encode(),
        json.dumps(json.dumps({"text": MARK})).encode(),
        quote(MARK).encode(),
        f"\\x{MARK.encode().hex()}".encode(),
        *(base64.b64encode(b"x" * n + MARK.encode() + b"yy") for n in range(6)),
        base64.urlsafe_b64encode(b"xxxx" + MARK.encode()),
    ],
)
def test_a_mark_is_seen_in_every_dress(hidden: bytes) -> None:
    """Whatever encoding carried it away, the searcher knows it again."""
    assert seen({"m": forms(MARK)}, "here", b"\0before" + hidden + b"after\0")


def test_other_words_are_not_taken_for_the_mark(tmp_path: Path) -> None:
    """A clean house gives no hit, a file with the mark gives one with its name."""
    marks = {"m": forms(MARK)}
    (tmp_path / "deep").mkdir()
    (tmp_path / "empty").touch()
    file = tmp_path / "deep" / "log"
    file.write_text("dấu mốc đường Hòa Bình khác")
    assert [] == seen_in_files(marks, [tmp_path])
    file.write_text(f"... {MARK}")
    assert {str(file)} == {hit.place for hit in seen_in_files(marks, [tmp_path])}
