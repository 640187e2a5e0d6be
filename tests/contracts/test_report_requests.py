"""What the head of an official document takes."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest

from services.contracts.reporting.api import DraftReport


def draft(**told: Any) -> DraftReport:
    raw = {"unit_id": str(uuid4()), "period": {"year": 2023}, **told}
    return msgspec.convert(raw, DraftReport)


@pytest.mark.parametrize(
    "told",
    [
        {"symbol": ""},
        {"symbol": "  "},
        {"symbol": "BC\nBCĐ"},
        {"place": "Bắc Kạn\nHà Nội"},
        {"recipients": ["Như trên;\n- Lưu"]},
        {"issueing_body": "Ban Chỉ đạo"},
    ],
)
def test_a_head_is_made_of_single_lines(told: dict[str, Any]) -> None:
    """No number without a symbol, no line that breaks, no misspelt field."""
    with pytest.raises(msgspec.ValidationError):
        draft(**told)


def test_usual_words_pass() -> None:
    """Letters, signs and spaces of a real document head are taken."""
    made = draft(symbol="BC-BCĐ", place="Bắc Kạn", recipients=["Như trên;", "Lưu: VT."])
    assert ("BC-BCĐ", "Bắc Kạn") == (made.symbol, made.place)
