"""Courses of training and yearly ratings: numbers, levels and days, never a name."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    Root,
    argument,
    column,
    global_id,
    identity,
    output,
    resolved,
)
from gateway.schema.care import InSubtree, OfMembers, member, member_keys, place, word
from gateway.schema.care_enums import CourseState, RatingLevel, RatingRoundState
from gateway.schema.connections import Connection, connection, page
from gateway.schema.references import unit_ref
from gateway.schema.scalars import Count
from gateway.schema.units import Unit
from services.contracts.registry import rating
from services.contracts.registry.training import CoursesList, TrainingList

COURSES: Final = Question("registry", "courses.list", CoursesList)
TRAINING: Final = Question("registry", "training.list", TrainingList)
RATING_ROUNDS: Final = Question(
    "registry", "rating_rounds.list", rating.RatingRoundsList
)
RATING_RESULTS: Final = Question(
    "registry", "rating_results.list", rating.RatingResultsList
)


@output
class TrainingCourse:
    """A course of training with its counts (lớp bồi dưỡng, huấn luyện)."""

    id: strawberry.ID = column("Id of the course.")
    unit: Unit | None = place()
    topics: list[str] = column("Codes of the syllabus (chuyên đề).")
    first_day: date = column("First day.")
    last_day: date = column("Last day.")
    places: int = column("Places (số chỗ).")
    state: CourseState = column("Where it stands.")
    held_on: date | None = column("Day on which it was over.")
    registered: Count = column("Members on the list.")
    attended: Count = column("Members who came.")
    certified: Count = column("Members who were certified.")


@output
class Training:
    """How far one member came in one course (quá trình tập huấn)."""

    member_id: strawberry.ID = member()
    topics: list[str] = column("Codes of the syllabus.")
    last_day: date = column("Last day of the course.")
    attendance: str = column("registered, attended or certified.")
    certified_on: date | None = column("Day of the certificate.")


@output
class GivenCount:
    """How many were given one result (số lượng theo mức)."""

    given: str = column("A level, a ground for none, or open.")
    number: Count = column("How many.")


def _counted(name: str) -> Any:
    def resolve(root: Root) -> Any:
        found = sorted(root[name].items())
        return [{"given": given, "number": number} for given, number in found]

    return resolve


@output
class RatingRound:
    """The yearly rating of one commune (đợt đánh giá, xếp loại)."""

    id: strawberry.ID = column("Id of the round.")
    unit: Unit | None = place()
    year: int = column("Year that is rated.")
    first_day: date = column("First day that counts.")
    last_day: date = column("Last day that counts.")
    state: RatingRoundState = column("Where it stands.")
    due_on: date = column("When the decision is due.")
    decided_on: date | None = column("Day of the decision.")
    decision_number: str | None = column("Number of the decision.")
    corrected_on: date | None = column("Day of the last correcting decision.")
    teams: list[GivenCount] = resolved(_counted("teams"), "Teams by result.", ["teams"])
    members: list[GivenCount] = resolved(
        _counted("members"), "Members by result.", ["members"]
    )


def _subject_id(root: Root) -> Any:
    typename = "ForceUnit" if root["kind"] == "team" else "Member"
    return global_id(typename, root["subject_id"])


@output
class RatingResult:
    """A team or member with its level at each step (kết quả xếp loại)."""

    subject_id: strawberry.ID = resolved(
        _subject_id, "Id of the team or member.", ["kind", "subject_id"]
    )
    kind: str = column("team or member.")
    self_level: RatingLevel | None = column("As it assessed itself.")
    proposed_level: RatingLevel | None = column("As was proposed.")
    level: RatingLevel | None = column("As was decided or corrected.")
    not_rated: str | None = column("Code of why there is no level.")
    corrected: bool = column("Whether a later decision gave it.")


async def training_courses(
    info: Info,
    unit: InSubtree,
    first: First,
    after: After = None,
    state: Annotated[CourseState | None, argument("Keep one state.")] = None,
) -> Any:
    """Answer Query.trainingCourses."""
    return await page(
        info,
        COURSES,
        after,
        unit=unit_ref(unit),
        first=first,
        state=word(state),
    )


async def rating_rounds(
    info: Info,
    unit: InSubtree,
    first: First,
    after: After = None,
    year: Annotated[int | None, argument("Keep one year.")] = None,
    state: Annotated[RatingRoundState | None, argument("Keep one state.")] = None,
) -> Any:
    """Answer Query.ratingRounds."""
    return await page(
        info,
        RATING_ROUNDS,
        after,
        unit=unit_ref(unit),
        first=first,
        year=year,
        state=word(state),
    )


async def rating_results(
    info: Info,
    round_id: Annotated[strawberry.ID, argument("Which round.")],
    first: First,
    after: After = None,
) -> Any:
    """Answer Query.ratingResults."""
    answer = await info.context.ask(
        RATING_RESULTS,
        {
            "round_id": identity(round_id, "RatingRound", "roundId"),
            "first": first,
            "after": after,
        },
    )
    return connection(answer, after)


async def training(info: Info, member_ids: OfMembers) -> Any:
    """Answer Query.training."""
    answer = await info.context.ask(TRAINING, {"ids": member_keys(member_ids)})
    return answer["rows"]


@output
class YearlyQueries:
    """Questions on courses and ratings, part of Query."""

    training_courses: Connection[TrainingCourse] | None = resolved(
        training_courses, "Courses, latest first (lớp tập huấn)."
    )
    training: list[Training] | None = resolved(
        training, "What members were trained in (quá trình tập huấn)."
    )
    rating_rounds: Connection[RatingRound] | None = resolved(
        rating_rounds, "Yearly ratings, latest year first (đánh giá, xếp loại)."
    )
    rating_results: Connection[RatingResult] | None = resolved(
        rating_results, "Results of one round (kết quả xếp loại)."
    )
