"""How a typed name is compared: words without marks, the kind of unit apart.

Asked by the name index, for what it holds and for what it is asked.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from services.chassis.text import fold

# Words that stand before a name and say what kind of unit it is, as people write them.
# The kinds below the commune are names of places, and no units of administration.
_WORDS_OF_KINDS: Final = {
    "tinh": "tinh t",
    "thanh_pho": "thanh_pho tp",
    "huyen": "huyen h",
    "quan": "quan q",
    "thi_xa": "thi_xa tx",
    "xa": "xa x",
    "phuong": "phuong p f",
    "thi_tran": "thi_tran tt",
    "dac_khu": "dac_khu dk",
    "thon": "thon",
    "ban": "ban",
    "ap": "ap",
    "lang": "lang",
    "xom": "xom",
    "buon": "buon",
    "bon": "bon",
    "plei": "plei play",
    "phum": "phum",
    "soc": "soc",
    "khom": "khom",
    "khu": "khu",
    "khu_pho": "khu_pho kp",
    "to_dan_pho": "to_dan_pho tdp",
    "khoi_pho": "khoi_pho",
    "khoi": "khoi",
    "tieu_khu": "tieu_khu tk",
    "khu_dan_cu": "khu_dan_cu kdc",
    "to": "to",
    "cum": "cum",
}
_KINDS: Final = {
    tuple(word.split("_")): kind
    for kind, words in _WORDS_OF_KINDS.items()
    for word in words.split()
}
_LONGEST_KIND: Final = max(map(len, _KINDS))

_APOSTROPHES: Final = re.compile("['`\u00b4\u02bc\u2018\u2019\u2032]")
_WORD: Final = re.compile(r"[^\W_]+")
_TONE: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_GLUED_NUMBER: Final = re.compile(r"\b([^\W\d_]+)(\d+)\b")
_GLUED_KIND: Final = re.compile(r"(tp|tx|tt)([a-z]{2,})")
_ONLY_VOWEL_Y: Final = re.compile(r"(qu|[bcdghklmnpqrstvx]+)y")
_SAID_TO_BE_OLD: Final = re.compile(r"\(\s*(cũ|cu)\s*\)", re.IGNORECASE)


class Words(NamedTuple):
    """A name as two rows of words: bare for finding, with marks for choosing."""

    bare: tuple[str, ...]
    marked: tuple[str, ...]

    @property
    def key(self) -> str:
        """The bare words as one text."""
        return " ".join(self.bare)

    @property
    def has_marks(self) -> bool:
        """Tell whether any word carries a mark."""
        return self.bare != self.marked

    def without_first(self, number: int) -> "Words":
        """Return the words behind the first ones."""
        return Words(self.bare[number:], self.marked[number:])


class Reading(NamedTuple):
    """One way to read what was typed: a kind of unit or none, and the name."""

    kind: str | None
    words: Words


@functools.lru_cache(maxsize=65_536)
def words_of(text: str) -> Words:
    """Split a text into comparable words.

    One key for both places of the tone mark, for Mỹ and Mĩ, for 1 and 01, for H'Drai
    with any apostrophe or none.
    """
    joined = _APOSTROPHES.sub("", unicodedata.normalize("NFC", text))
    pairs = [(_bare(word), _marked(word)) for word in _WORD.findall(joined)]
    kept = [pair for pair in pairs if pair[0]]
    return Words(tuple(bare for bare, _ in kept), tuple(mark for _, mark in kept))


def spellings(name: str) -> tuple[Words, ...]:
    """Return how a name may be written: as it is, and with apostrophes as spaces."""
    spaced = _APOSTROPHES.sub(" ", name)
    plain = words_of(name)
    return (plain,) if spaced == name else (plain, words_of(spaced))


def is_said_to_be_old(text: str) -> bool:
    """Tell whether the writer marks a name as a former one: "Hải Tiến (cũ)"."""
    return _SAID_TO_BE_OLD.search(text) is not None


def without_said_to_be_old(text: str) -> str:
    """Return the text without that mark."""
    return _SAID_TO_BE_OLD.sub(" ", text)


def readings(text: str) -> tuple[Reading, ...]:
    """Return the ways to read a typed name, the plainest first.

    "ban hai tien" is a name of three words, or the name "hai tien" of a bản.
    """
    words = words_of(_GLUED_NUMBER.sub(r"\1 \2", without_said_to_be_old(text)))
    found = [Reading(None, words)] if words.bare else []
    found.extend(_with_kinds(words))
    glued = _GLUED_KIND.fullmatch(words.bare[0]) if words.bare else None
    if glued is not None:
        rest = (glued[2], *words.bare[1:])
        found.append(Reading(_KINDS[(glued[1],)], Words(rest, rest)))
    return tuple(found)


def kind_named(text: str) -> str | None:
    """Return the kind of unit that a text is, with no name behind it."""
    return _KINDS.get(words_of(text).bare)


def _with_kinds(words: Words) -> Iterator[Reading]:
    for number in range(_LONGEST_KIND, 0, -1):
        kind = _KINDS.get(words.bare[:number])
        if kind is not None and len(words.bare) > number:
            yield Reading(kind, words.without_first(number))


def _bare(word: str) -> str:
    return _one_spelling(fold(word).replace(" ", ""))


def _marked(word: str) -> str:
    """Put the tone behind the letters: where it was written does not matter."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return _one_spelling(_TONE.sub("", letters)) + "".join(_TONE.findall(letters))


def _one_spelling(word: str) -> str:
    if word.isdecimal():
        return word.lstrip("0") or "0"
    only_y = _ONLY_VOWEL_Y.fullmatch(word)
    return word if only_y is None else f"{only_y[1]}i"
