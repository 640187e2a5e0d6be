"""The line that the product draws around itself, held by the build.

No field, value, indicator or category about speech, opinion, religion, ethnicity or
family background, in English or Vietnamese. The one exception: the six official fields
of community models, as a label of the model.
"""

import json
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Annotated, Any

import msgspec
import pytest

from services.chassis.text import fold
from services.contracts.described import about
from services.registry.documents.prohibited_columns import heading_is_prohibited
from services.registry.documents.roster_columns import COLUMNS
from services.registry.person_vault import KINDS, PersonRecord
from services.reporting.indicators import INDICATORS
from tests.architecture.conftest import ROOT
from tests.architecture.test_doors import SERVICES, WAYS, Way, definition, told

DENIED = (
    "religio", "ethnic", "opinion", "politic", "belief", "faith", "race", "racial",
    "speech", "ideolog", "denomination", "party member", "family background",
    "creed", "church", "ancestry", "class origin", "caste", "minorit", "sexual",
    "trade union", "union member", "parentage",
    "ton giao", "dan toc", "chinh kien", "quan diem", "tin nguong", "phat ngon",
    "tu tuong", "dang vien", "ly lich gia dinh", "thanh phan gia dinh",
    "theo dao", "sac toc", "xuat than", "giao phai", "dang phai",
    "ly lich tu phap", "quan he gia dinh", "hoan canh gia dinh", "than nhan",
)  # fmt: skip
_DENIED = re.compile(rf"\b({'|'.join(DENIED)})")

# The official fields of models (seed 001, point 4): labels of a model and nothing else.
MODEL_FIELDS = {"ton_giao", "dan_toc"}
_MODEL_SHAPES = re.compile(r"model", re.IGNORECASE)


def denied(word: str) -> bool:
    return bool(_DENIED.search(fold(re.sub(r"(?<=[a-z])(?=[A-Z])|[_.]", " ", word))))


def words_of(schema: Any, where: str = "") -> Iterator[tuple[str, str]]:  # noqa: C901 - one branch for each part of a schema
    """Yield (place, word) for each name, and each listed value, of a JSON schema."""
    if isinstance(schema, list):
        for item in schema:
            yield from words_of(item, where)
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in {"properties", "$defs", "schemas"}:
                for name, inner in value.items():
                    yield where, name
                    yield from words_of(inner, where if key == "properties" else name)
            elif key == "enum":
                yield from ((where, str(item)) for item in value)
            elif key not in {"description", "title"}:
                yield from words_of(value, where)


def offending(schema: Any) -> list[tuple[str, str]]:
    return [
        (where, word)
        for where, word in words_of(schema)
        if denied(word) and not (word in MODEL_FIELDS and _MODEL_SHAPES.search(where))
    ]


def test_no_event_carries_a_denied_concept(generator: ModuleType) -> None:
    """Neither a published nor a stored event has such a field or value."""
    found = {
        path.name: offending(json.loads(content))
        for path, content in generator.documents().items()
        if path.suffix == ".json"
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_no_door_takes_a_denied_concept(generator: ModuleType) -> None:
    """No request or answer of a service has such a field or value."""
    for service in generator.SERVICES:
        assert offending(generator.openapi(service)) == []


def test_no_indicator_counts_a_denied_concept() -> None:
    """Indicators count crimes, hazards, forces and work of the movement."""
    texts = [
        text
        for one in INDICATORS
        for text in (one.code, one.name_en, one.name_vi, one.numerator)
    ]
    assert [text for text in texts if denied(text)] == []


def test_no_graphql_name_is_a_denied_concept() -> None:
    """The gateway's schema has such a word only in the enum of model fields."""
    sdl = (ROOT / "gateway" / "schema.graphql").read_text("utf-8")
    without_texts = re.sub(r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"', "", sdl)
    outside_model_fields = re.sub(r"enum Model\w*Field\w* \{[^}]*\}", "", without_texts)
    names = re.findall(r"[A-Za-z_]\w+", outside_model_fields)
    assert [name for name in names if denied(name)] == []


def test_no_record_of_a_person_has_room_for_a_denied_concept() -> None:
    """The record is a closed list of fields, and so is what people are matched by."""
    assert [
        word for word in (*PersonRecord.__struct_fields__, *KINDS) if denied(word)
    ] == []
    with pytest.raises(TypeError):
        PersonRecord(full_name="Thử", ethnicity="x")  # type: ignore[call-arg]


@pytest.mark.parametrize("way", [w for w in WAYS if w.service != "any"], ids=told)
def test_no_door_takes_a_free_attribute(way: Way) -> None:
    """A field that anything can be put into would take what no field may be named."""
    assert list(free_attributes(msgspec.inspect.type_info(way.request))) == []


def free_attributes(kind: Any, where: str = "$") -> Iterator[str]:
    """Yield the places of a request where a caller chooses the names."""
    if isinstance(kind, msgspec.inspect.DictType | msgspec.inspect.AnyType):
        yield where
    for field in getattr(kind, "fields", ()):
        yield from free_attributes(field.type, f"{where}.{field.name}")
    inside = [*getattr(kind, "types", ()), *getattr(kind, "item_types", ())]
    if isinstance(kind, msgspec.inspect.Metadata):
        inside.append(kind.type)
    for part in (*inside, getattr(kind, "item_type", None)):
        if part is not None:
            yield from free_attributes(part, where)


def test_a_free_attribute_would_be_seen() -> None:
    """At any depth."""
    inner = msgspec.defstruct("Inner", [("more", dict[str, str])])
    rows = Annotated[list[inner] | None, about("Rows.")]  # type: ignore[valid-type]
    outer = msgspec.defstruct("Outer", [("rows", rows)])
    found = free_attributes(msgspec.inspect.type_info(outer))
    assert list(found) == ["$.rows.more"]


@pytest.mark.parametrize("service", SERVICES)
def test_no_table_keeps_a_denied_concept(service: str) -> None:
    """Neither a list that is rebuilt has such a column, nor its name."""
    tables = definition(service).read_metadata.tables.values()
    words = {word for table in tables for word in (table.name, *table.columns.keys())}
    assert len(words) > 10
    assert {word for word in words if denied(word)} == set()


def test_no_column_of_a_roster_is_a_denied_concept() -> None:
    """Neither by its own heading nor by one that is taken for it."""
    headings = {
        text
        for column in COLUMNS
        for text in (column.key, column.heading, column.english, *column.others)
    }
    assert {text for text in headings if denied(text)} == set()


@pytest.mark.parametrize(
    "heading",
    [
        "Dân tộc", "DÂN TỘC", "Tôn giáo", "Tín ngưỡng", "Chính kiến", "Quan điểm",
        "Tư tưởng", "Đảng viên", "Lý lịch gia đình", "Thành phần gia đình",
        "Thành phần xuất thân", "Theo đạo", "Thân nhân", "Ethnicity", "Religion",
        "Political opinion", "Belief", "Faith", "Race", "Family background",
    ],
)  # fmt: skip
def test_the_import_refuses_what_the_schema_refuses(heading: str) -> None:
    """One line is drawn: what no field may be called, no column may bring."""
    assert denied(heading)
    assert heading_is_prohibited(heading)


@pytest.mark.parametrize(
    "word", ["religion", "ethnicGroup", "tôn giáo", "Dân_tộc", "politicalOpinion"]
)
def test_the_list_sees_what_it_has_to_see(word: str) -> None:
    """Case, marks and joining do not hide a word."""
    assert denied(word)


@pytest.mark.parametrize(
    "word", ["mediation", "trace_id", "toàn dân", "grace", "racket"]
)
def test_the_list_leaves_plain_words_alone(word: str) -> None:
    """Words that only sound alike pass."""
    assert not denied(word)
