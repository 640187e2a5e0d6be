"""Whoever asks about units or hierarchies on a day may ask as known at a moment."""

from datetime import date, datetime
from typing import Any, Final, get_args, get_type_hints

import msgspec
import pytest
from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType, build_schema

from gateway.schema.build import printed_schema
from services.chassis.requests import Verb
from services.registry.verbs import VERBS
from services.registry.verbs.making import UNITS

# Verb -> why its answer does not depend on what was known.
WITHOUT_MOMENT: Final[dict[str, str]] = {}
# What the graph tells of the register itself, wherever it hangs.
_ABOUT_UNITS: Final = {
    "Query": {"unit", "units", "unitFind", "unitTree", "hierarchies",
              "hierarchyChildren", "hierarchyLine"},
    "Unit": {"children", "heirs"},
}  # fmt: skip
QUESTIONS: Final = [v for v in VERBS if not v.command and v.scope == UNITS]
SCHEMA: Final = build_schema(printed_schema())


def takes(annotation: Any, kind: type) -> bool:
    """Tell whether a field of a request may hold a day, or a moment."""
    parts = get_args(annotation)
    return annotation is kind or any(takes(part, kind) for part in parts)


def kinds(request: type[msgspec.Struct]) -> dict[str, Any]:
    return get_type_hints(request, include_extras=True)


@pytest.mark.parametrize("verb", QUESTIONS, ids=lambda verb: verb.name)
def test_a_question_with_a_day_takes_a_moment(verb: Verb[Any]) -> None:
    """By one name; an exception says why, and goes when it is none any more."""
    found = kinds(verb.request)
    has_day = any(takes(kind, date) for kind in found.values())
    knows = "known_at" in found
    if knows:
        assert takes(found["known_at"], datetime)
    assert (has_day and not knows) == (verb.name in WITHOUT_MOMENT)


def test_the_questions_are_those_of_the_register() -> None:
    """All that `units:read` opens, so that no new one is forgotten."""
    assert {"units.find", "units.tree", "units.successors", "hierarchies.list"} <= {
        verb.name for verb in QUESTIONS
    }


@pytest.mark.parametrize(
    ("of", "name"),
    [(of, name) for of, names in _ABOUT_UNITS.items() for name in sorted(names)],
)
def test_the_graph_asks_for_a_moment_too(of: str, name: str) -> None:
    """Every field that takes a day of the register takes `knownAt`."""
    owner = SCHEMA.get_type(of)
    assert isinstance(owner, GraphQLObjectType)
    field: GraphQLField = owner.fields[name]
    assert {"on", "knownAt"} <= field.args.keys()


def test_no_hierarchy_or_unit_field_of_the_graph_is_left_out() -> None:
    """A field with a day that answers with units or hierarchies is in the list."""
    answers = {"Unit", "UnitConnection", "UnitTree", "UnitsFound", "UnitHeir",
               "Hierarchy", "HierarchyUnit", "HierarchyUnitConnection"}  # fmt: skip
    found = {
        (owner.name, name)
        for owner in SCHEMA.type_map.values()
        if isinstance(owner, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in owner.fields.items()
        if "on" in field.args and _bare(field.type) in answers
    }
    assert {(of, name) for of, names in _ABOUT_UNITS.items() for name in names} == found


def _bare(kind: Any) -> str:
    while hasattr(kind, "of_type"):
        kind = kind.of_type
    return str(kind)
