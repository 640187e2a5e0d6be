"""Tells an own name of a unit from one with its kind, and a full one that has both.

Asked by single changes and by plans of reorganisation.
"""

import re
import unicodedata
from typing import Final

from services.registry.domain import unit_errors as errors
from services.registry.domain.unit_types import UNIT_TYPES

_SPACES: Final = re.compile(r"\s+")
# "P. Lộc Ninh", "TP.HCM": only with the full stop, for a name may begin with a letter.
_SHORT: Final = {
    "t": "tinh", "tp": "thanh_pho", "q": "quan", "h": "huyen", "tx": "thi_xa",
    "x": "xa", "p": "phuong", "f": "phuong", "tt": "thi_tran", "đk": "dac_khu",
}  # fmt: skip
_ABBREVIATED: Final = re.compile(rf"({'|'.join(_SHORT)})\.")


def _plain(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()


# With their marks: "Quan Sơn", "Xa Dung" and "Tĩnh Túc" are names.
_WORDS: Final = {_plain(kind.prefix): kind.code for kind in UNIT_TYPES.values()}
_OWN_NAMES: Final = {_plain(n) for kind in UNIT_TYPES.values() for n in kind.own_names}


def refuse_kind_in_name(bare_name: str, field: str) -> None:
    """Let a name pass that is the unit's own. Raises UnitNameWithKind."""
    own = _plain(bare_name)
    kind = _kind_before(own)
    if kind is not None and own not in _OWN_NAMES:
        raise errors.UnitNameWithKind(field=field, unit_type=kind)


def refuse_other_name(name: str, bare_name: str, field: str) -> None:
    """Let a full name pass that is a kind and the own name. Raises UnitNameDiffers."""
    own = _plain(bare_name)
    if _plain(name) not in {f"{words} {own}" for words in _WORDS}:
        raise errors.UnitNameDiffers(field=field)


def _kind_before(own: str) -> str | None:
    for words, kind in _WORDS.items():
        if words and (own == words or own.startswith(f"{words} ")):
            return kind
    short = _ABBREVIATED.match(own)
    return _SHORT[short[1]] if short else None
