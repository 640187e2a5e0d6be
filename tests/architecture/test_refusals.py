"""Refusals: complete, unique, in both languages, mapped at every edge."""

import re
import string
from types import ModuleType

from services.chassis.errors import STATUS, Kind

CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def test_codes_are_unique_and_well_formed(generator: ModuleType) -> None:
    """A code names one refusal for ever."""
    codes = [refusal.code for refusal in generator.refusals()]
    assert sorted(set(codes)) == codes
    assert [code for code in codes if not CODE.fullmatch(code)] == []


def test_both_messages_take_the_same_parameters(generator: ModuleType) -> None:
    """The Vietnamese and the English text say the same things."""

    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    differing = [
        refusal.code
        for refusal in generator.refusals()
        if fields(refusal.message_vi) != fields(refusal.message_en)
    ]
    assert differing == []


def test_every_kind_has_a_status() -> None:
    """No kind of refusal can leave as a defect."""
    assert set(STATUS) == set(Kind)
