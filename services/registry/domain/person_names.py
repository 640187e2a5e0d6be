"""How Vietnamese names are compared: what two spellings of one name have in common."""

import re
import unicodedata
from typing import Final, NamedTuple

from services.chassis.text import fold

# Tone marks apart from the letters: grave, acute, tilde, hook above, dot below.
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_TONE: Final = re.compile(f"[{_TONES}]")
_SPACES: Final = re.compile(r"\s+")


class NameKeys(NamedTuple):
    """Keys under which spellings of one name meet, from the strictest to the loosest.

    ``marked`` keeps the marks but not the place of the tone in its syllable (Hòa, Hoà);
    ``plain`` has no marks; ``words`` has no order (An Nguyễn Văn); ``ends`` has lost
    the middle names (Nguyễn An), and is None where there is one word.
    """

    marked: str
    plain: str
    words: str
    ends: str | None


def name_keys(full_name: str) -> NameKeys:
    """Return the keys of a person's name."""
    plain = fold(full_name)
    words = plain.split()
    ends = sorted((words[0], words[-1])) if len(words) > 1 else None
    return NameKeys(
        marked=" ".join(_marked(word) for word in _SPACES.split(full_name.strip())),
        plain=plain,
        words=" ".join(sorted(words)),
        ends=None if ends is None else " ".join(ends),
    )


def _marked(word: str) -> str:
    """Move a syllable's tone to its end, so that its place does not matter."""
    apart = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(_TONE.findall(apart))
    return unicodedata.normalize("NFC", _TONE.sub("", apart)) + tones
