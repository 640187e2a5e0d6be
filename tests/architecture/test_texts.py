"""Texts that people type: each bounded, each named with its reason."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from services.contracts.campaigns.partner import FACTS
from tests.architecture.conftest import ROOT
from tests.architecture.test_doors import WAYS

# Not typed: given out by a list, or compared with a closed list at once.
GIVEN_OUT = {"after", "indicators", "codes", "category"}
CODE = re.compile(r"\^\[a-z\]|\^\(VN")


def texts() -> dict[str, msgspec.inspect.StrType]:
    asked = [way.request for way in WAYS]
    return dict(found for shape in asked for found in texts_of(shape))


def texts_of(
    shape: type[msgspec.Struct],
) -> Iterator[tuple[str, msgspec.inspect.StrType]]:
    for field in msgspec.inspect.type_info(shape).fields:  # type: ignore[attr-defined]
        yield from texts_in(field.type, f"{shape.__name__}.{field.name}")


def texts_in(kind: Any, place: str) -> Iterator[tuple[str, msgspec.inspect.StrType]]:
    if isinstance(kind, msgspec.inspect.StrType):
        yield place, kind
    elif isinstance(kind, msgspec.inspect.Metadata):
        yield from texts_in(kind.type, place)
    elif isinstance(kind, msgspec.inspect.StructType):
        yield from texts_of(kind.cls)
    else:
        parts = [*getattr(kind, "types", ()), *getattr(kind, "item_types", ())]
        for part in (*parts, getattr(kind, "item_type", None)):
            if part is not None:
                yield from texts_in(part, place)


def is_code(kind: msgspec.inspect.StrType) -> bool:
    return kind.pattern is not None and bool(CODE.match(kind.pattern))


def test_every_text_has_an_end() -> None:
    """No door takes a text of any length; the bound stands in the contract."""
    partner = [found for shape in FACTS.values() for found in texts_of(shape)]
    every = {**texts(), **dict(partner)}
    assert len(every) > 30
    endless = {
        place
        for place, kind in every.items()
        if kind.max_length is None and not is_code(kind)
    }
    assert endless == set()


def test_every_free_text_is_explained() -> None:
    """A field that a person can write into stands in docs/architecture.md."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    part = page.partition("## Texts that people type")[2].partition("\n## ")[0]
    told: set[str] = set()
    shape = ""
    for name in re.findall(r"`(\w*\.\w+)`", part):
        shape = name.partition(".")[0] or shape
        told.add(f"{shape}.{name.partition('.')[2]}")
    free = {
        place
        for place, kind in texts().items()
        if not is_code(kind) and place.partition(".")[2] not in GIVEN_OUT
    }
    assert free == {name for name in told if name[0].isupper()}
