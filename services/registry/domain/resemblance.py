"""How alike are two records? A score, and for each field why; asked of digests alone.

Nothing is opened for it: two people are compared by whether their keyed digests are
equal. The weights are a choice of ours; people decide, the score only sorts.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Field = Literal["name", "birth_date", "citizen_id", "old_id", "unit"]
Verdict = Literal[
    "same",
    "same_without_marks",
    "other_word_order",
    "middle_name_missing",
    "different",
    "unknown",
]
Digests = Mapping[str, bytes | None]

CANDIDATE_FROM: Final = 60
_WEIGHTS: Final[Mapping[tuple[str, str], int]] = {
    ("citizen_id", "same"): 100,
    ("citizen_id", "different"): -50,
    ("old_id", "same"): 80,
    ("old_id", "different"): -20,
    ("birth_date", "same"): 40,
    ("birth_date", "different"): -40,
    ("name", "same"): 40,
    ("name", "same_without_marks"): 30,
    ("name", "other_word_order"): 30,
    ("name", "middle_name_missing"): 20,
    ("name", "different"): -20,
    ("unit", "same"): 20,
}


class Compared(NamedTuple):
    """One field of two records, and what it adds to the score."""

    field: Field
    verdict: Verdict
    points: int


class Resemblance(NamedTuple):
    """How alike two records are: from 0 to 100, and why."""

    score: int
    fields: tuple[Compared, ...]


def resemblance(one: Digests, other: Digests, *, same_unit: bool) -> Resemblance:
    """Compare two people by the digests of their records."""
    fields = (
        _compared("name", _names(one, other)),
        _compared("birth_date", _equality(one, other, "birth")),
        _compared("citizen_id", _equality(one, other, "citizen_id")),
        _compared("old_id", _equality(one, other, "old_id")),
        _compared("unit", "same" if same_unit else "different"),
    )
    total = sum(compared.points for compared in fields)
    return Resemblance(max(0, min(100, total)), fields)


def _compared(field: Field, verdict: Verdict) -> Compared:
    return Compared(field, verdict, _WEIGHTS.get((field, verdict), 0))


def _equality(one: Digests, other: Digests, kind: str) -> Verdict:
    mine, theirs = one.get(kind), other.get(kind)
    if mine is None or theirs is None:
        return "unknown"
    return "same" if mine == theirs else "different"


def _names(one: Digests, other: Digests) -> Verdict:
    steps: tuple[tuple[str, Verdict], ...] = (
        ("marked_name", "same"),
        ("name", "same_without_marks"),
        ("words", "other_word_order"),
        ("ends", "middle_name_missing"),
    )
    for kind, verdict in steps:
        if _equality(one, other, kind) == "same":
            return verdict
    return "different"
