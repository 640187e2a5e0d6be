"""What refusals say is for people: values as they are read, forms by an example."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
import pytest

from services.chassis.bodies import BodyInvalid, decode_body
from services.chassis.errors import Conflict
from services.contracts.described import formed


class Told(Conflict):
    """A refusal with values of several kinds."""

    code = "sample.told"
    message_vi = "Từ {since}: {places}; {nothing}."
    message_en = "Since {since}: {places}; {nothing}."


class Cited(msgspec.Struct, frozen=True):
    """A body with a text of a form and one without an example."""

    number: Annotated[str, formed(r"^[0-9]+/'[A-Z]+$", "12/'QĐ", 40)] = "1/'A"
    code: Annotated[str, msgspec.Meta(pattern=r"^[a-z]+$")] = "a"


def test_moments_are_local_and_lists_are_words() -> None:
    """No type of the language and no fraction of a second reaches a reader."""
    refusal = Told(
        since=datetime(2026, 6, 30, 18, 0, 1, 999, tzinfo=UTC),
        places=[UUID(int=1), UUID(int=2)],
        nothing=None,
    )
    problem = refusal.problem("")
    said = f"2026-07-01 01:00:01+07:00: {UUID(int=1)}, {UUID(int=2)}; –."
    assert f"Từ {said}" == problem["message_vi"]
    assert f"Since {said}" == problem["message_en"]


@pytest.mark.parametrize(
    ("body", "english", "vietnamese"),
    [
        (
            b'{"number":"x"}',
            "Expected a text of the form 12/'QĐ",
            "không đúng dạng, ví dụ 12/'QĐ",
        ),
        (b'{"code":"X"}', "The text has another form", "không đúng dạng quy định"),
    ],
)
def test_a_text_of_another_form_is_answered_with_an_example(
    body: bytes, english: str, vietnamese: str
) -> None:
    """The regular expression itself is never shown."""
    with pytest.raises(BodyInvalid) as refusal:
        decode_body(body, Cited)
    problem = refusal.value.problem("")
    assert english in str(problem["message_en"])
    assert vietnamese in str(problem["message_vi"])
    assert "^" not in str(problem)
