"""Enums of the schema by the words of the contracts' closed lists; inputs.py looks up.

A list that the schema shows as an enum for the first time: declare it with ``choice``
in one of the modules below.
"""

import enum
from typing import Any, Final

from gateway.schema import (
    care_enums,
    decisions,
    enums,
    life_enums,
    people_enums,
    steering_enums,
)

_MODULES: Final = (
    care_enums,
    decisions,
    enums,
    life_enums,
    people_enums,
    steering_enums,
)


def _declared() -> dict[frozenset[str], list[type[enum.Enum]]]:
    found: dict[frozenset[str], list[type[enum.Enum]]] = {}
    for module in _MODULES:
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, enum.Enum):
                words = frozenset(str(member.value) for member in one)
                found.setdefault(words, []).append(one)
    return found


_BY_WORDS: Final = _declared()
# Same words with another meaning, more words than may be sent, and a mere code.
_AT_PLACE: Final[dict[str, type[Any]]] = {
    "UndoUnitChange.reason": enums.UnitUndoReason,
    "UndoReorganisation.reason": enums.PlanUndoReason,
    "AnswerDispute.reason": people_enums.DisputeReason,
    "DependantDecision.kind": str,
    "PassCustody.kind": str,
}


def shown_words(words: tuple[Any, ...], place: str) -> type[Any]:
    """Return the enum that has exactly these words. Raises LookupError."""
    if place in _AT_PLACE:
        return _AT_PLACE[place]
    found = _BY_WORDS.get(frozenset(words), [])
    if len(found) != 1:
        names = ", ".join(one.__name__ for one in found) or "no enum"
        raise LookupError(f"{place}: {names} for the words {', '.join(sorted(words))}")
    return found[0]
