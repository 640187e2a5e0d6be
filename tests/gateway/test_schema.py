"""The schema is what is committed, says what everything means, and keeps its walls."""

import enum
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    is_introspection_type,
    is_specified_scalar_type,
)

from gateway.schema import (
    care_enums,
    enums,
    life_enums,
    people_enums,
)
from gateway.schema import selection as selection_schema
from gateway.schema.build import build_schema, printed_schema
from gateway.schema.campaigns import MODELS
from gateway.schema.decisions import Issuer
from gateway.schema.quotas import GapKind, NormMeasure, QuotaState
from services.contracts.campaigns import api as campaigns
from services.contracts.campaigns import events as campaign_events
from services.contracts.registry import (
    care,
    credentials,
    force_types,
    force_units,
    members,
    papers,
    people,
    rating,
    selection,
    service_life,
    strength,
    training,
    unit_history,
)
from services.contracts.registry import norms as norm_shapes
from services.contracts.registry import quotas as quota_shapes
from services.contracts.registry.units import Level
from services.contracts.reporting import api as reporting

COMMITTED = Path(__file__).parents[2] / "gateway" / "schema.graphql"


def test_the_committed_schema_is_the_one_that_is_served() -> None:
    """`python -m gateway.print_schema > gateway/schema.graphql` after a change."""
    assert COMMITTED.read_text("utf-8") == printed_schema()


def own_types() -> list[Any]:
    return [
        one
        for one in build_schema().type_map.values()
        if not is_introspection_type(one) and not is_specified_scalar_type(one)
    ]


def described() -> Iterator[tuple[str, str | None]]:
    for one in own_types():
        yield one.name, one.description
        if isinstance(one, GraphQLEnumType):
            for name, value in one.values.items():
                yield f"{one.name}.{name}", value.description
        if isinstance(
            one, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
        ):
            for name, field in one.fields.items():
                yield f"{one.name}.{name}", field.description
                for argument, taken in getattr(field, "args", {}).items():
                    yield f"{one.name}.{name}({argument})", taken.description


def test_everything_in_the_schema_is_described() -> None:
    """Types, fields, arguments and values say what they mean."""
    assert [] == [name for name, text in described() if not text]


def test_own_scalars_name_their_specification() -> None:
    """Days, moments and counts are written in one form, which the schema names."""
    scalars = [one for one in own_types() if isinstance(one, GraphQLScalarType)]

    assert {"Date", "DateTime", "Count"} == {one.name for one in scalars}
    assert all(one.specified_by_url for one in scalars)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (enums.UnitLevel, Level),
        (enums.ForceType, force_types.ForceType),
        (enums.Counting, force_types.Counting),
        (enums.Terms, strength.Terms),
        (enums.Ending, force_units.Ending),
        (Issuer, papers.Issuer),
        (QuotaState, quota_shapes.QuotaState),
        (GapKind, norm_shapes.GapKind),
        (NormMeasure, norm_shapes.NormMeasure),
        (enums.Mapping, strength.Mapping),
        (enums.Post, members.Post),
        (enums.CessationGround, members.CessationGround),
        (people_enums.ReadingPurpose, people.ReadingPurpose),
        (people_enums.RecordField, people.RecordField),
        (people_enums.SchoolLevel, people.SchoolLevel),
        (people_enums.DisputeChannel, people.DisputeChannel),
        (people_enums.DisputeOutcome, people.DisputeOutcome),
        (people_enums.ErasureGround, people.ErasureGround),
        (enums.SessionKind, campaign_events.SessionKind),
        (enums.Origin, campaign_events.Origin),
        (enums.ModelField, campaign_events.ModelField),
        (enums.CorrectionReason, campaigns.CorrectionReason),
        (enums.WithdrawalReason, campaigns.WithdrawalReason),
        (enums.UnitUndoReason, unit_history.UndoReason),
        (enums.PeriodKind, reporting.PeriodKind),
        (enums.Calendar, reporting.CalendarName),
        (enums.Geography, reporting.Geography),
        (enums.CountKind, reporting.CountKind),
        (care_enums.CredentialKind, credentials.CredentialKind),
        (care_enums.CredentialReplacement, credentials.Replacement),
        (care_enums.CredentialRevocationGround, credentials.RevocationGround),
        (care_enums.CareOccasion, care.CareOccasion),
        (care_enums.ClaimState, care.ClaimState),
        (care_enums.ClaimRefusalGround, care.ClaimRefusal),
        (care_enums.VisitState, care.VisitState),
        (care_enums.VisitingBody, care.VisitingBody),
        (care_enums.RatingLevel, rating.RatingLevel),
        (care_enums.RatingRoundState, rating.RoundState),
        (care_enums.CourseState, training.CourseState),
        (life_enums.PostingPlace, papers.PostingPlace),
        (life_enums.AreaCategory, papers.AreaCategory),
        (life_enums.Measure, papers.Measure),
        (life_enums.ProvedGround, service_life.ProvedGround),
        (life_enums.DropReason, service_life.DropReason),
        (selection_schema.SelectionState, selection.RoundState),
        (life_enums.DossierPart, selection.DossierPart),
        (life_enums.SelectionCancelReason, selection.CancelReason),
    ],
)
def test_enums_have_the_words_of_the_contracts(
    ours: type[enum.Enum], theirs: Any
) -> None:
    """A new word in a contract is missed here until the schema has it."""
    values = build_schema().type_map[ours.__name__].values  # type: ignore[attr-defined]

    assert set(get_args(theirs)) == {value.value for value in values.values()}


def test_every_list_says_its_size_first() -> None:
    """Each field that gives a connection demands `first`."""
    lists = [
        (one.name, name, field)
        for one in own_types()
        if isinstance(one, GraphQLObjectType)
        for name, field in one.fields.items()
        if str(field.type).rstrip("!").endswith("Connection")
    ]

    assert lists
    assert [] == [
        (owner, name)
        for owner, name, field in lists
        if str(field.args["first"].type) != "Int!"
    ]


def test_fields_at_the_border_of_a_service_may_be_null() -> None:
    """One service that is away costs one field: no root field but the caller's own."""
    schema = build_schema()
    assert schema.query_type is not None
    assert schema.mutation_type is not None
    fields = {**schema.query_type.fields, **schema.mutation_type.fields}

    assert {"nodes", "viewer"} == {
        name for name, field in fields.items() if str(field.type).endswith("!")
    }


def test_no_tip_content_has_a_place_in_the_schema() -> None:
    """Counters only: no text, contact, code, sender or single tip."""
    words = {"text", "contact", "sender", "trackingCode", "content", "fullName"}
    shown = {
        f"{one.name}.{name}"
        for one in own_types()
        if isinstance(one, GraphQLObjectType)
        for name in one.fields
        if name in words
    }

    assert set() == shown
    assert "Tip" not in build_schema().type_map


def test_questions_take_only_what_their_contract_names() -> None:
    """A misspelt field is our defect and is found before it travels."""
    with pytest.raises(TypeError, match="colour"):
        MODELS.body({"first": 1, "colour": "red"})
