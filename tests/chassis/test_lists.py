"""What a list takes as its own cursor."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from services.chassis.lists import CursorInvalid, cursor_of, key_of

ROW = uuid4()


def test_a_cursor_gives_its_key_back() -> None:
    """Days, names and ids come back as what they were."""
    key = (date(2023, 5, 1), "cam ra", ROW)
    assert key == key_of(cursor_of(*key), tuple[date, str, UUID])


@pytest.mark.parametrize(
    "cursor",
    [
        "", "x", "é", "\ud800", "====",
        cursor_of("a"),
        cursor_of("a", ROW, "b"),
        cursor_of("a", "b"),
        cursor_of("a\0b", ROW),
        cursor_of("a\u202eb", ROW),
        "WyJcdWQ4MDAiLCAi" + "A" * 40,
    ],
)  # fmt: skip
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    """Nothing that PostgreSQL would choke on gets past, and no list gave it out."""
    with pytest.raises(CursorInvalid) as caught:
        key_of(cursor, tuple[str, UUID])
    assert "$.after" == caught.value.field
