"""Whether the results of a yearly rating keep to the rules; asked by the round."""

import enum
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from services.registry.domain import rating_errors as errors
from services.registry.domain.rating_roster import Roster, SubjectKind


class RatingLevel(enum.StrEnum):
    """The four levels of Hướng dẫn 01/HD-BCA-V05."""

    EXCELLENT = "excellent"
    GOOD = "good"
    DONE = "done"
    NOT_DONE = "not_done"


class NotRated(enum.StrEnum):
    """Why a subject has no level in a year."""

    COMPLAINT = "complaint"
    TIME_TOO_SHORT = "time_too_short"


class Result(NamedTuple):
    """What a subject is given: a level, or the ground for none."""

    subject_id: UUID
    kind: SubjectKind
    level: RatingLevel | None
    not_rated: NotRated | None = None
    newly_transferred: bool = False


class Wish(NamedTuple):
    """What a caller asks for a subject."""

    subject_id: UUID
    level: RatingLevel | None
    complaint: bool = False
    newly_transferred: bool = False


_RANK: Final = {
    RatingLevel.EXCELLENT: 3,
    RatingLevel.GOOD: 2,
    RatingLevel.DONE: 1,
    RatingLevel.NOT_DONE: 0,
}


def judged(wishes: Sequence[Wish], roster: Roster) -> dict[UUID, Result]:
    """Turn wishes into results, each by the rules on a single subject.

    Raises RatingSubjectTwice, RatingSubjectUnknown, RatingWhileComplaint,
    RatingLevelMissing, RatingTimeTooShort.
    """
    results: dict[UUID, Result] = {}
    for number, wish in enumerate(wishes):
        field = f"$.subjects[{number}]"
        if wish.subject_id in results:
            raise errors.RatingSubjectTwice(field=field, subject_id=wish.subject_id)
        results[wish.subject_id] = _judged(wish, roster, field)
    return results


def _judged(wish: Wish, roster: Roster, field: str) -> Result:
    who = wish.subject_id
    kind = roster.kind(who)
    if kind is None:
        raise errors.RatingSubjectUnknown(field=field, subject_id=who)
    if wish.complaint:
        if wish.level is not None:
            raise errors.RatingWhileComplaint(field=f"{field}.level", subject_id=who)
        return Result(who, kind, None, NotRated.COMPLAINT)
    if not roster.served_long_enough(who):
        if wish.level is not None:
            raise errors.RatingTimeTooShort(
                field=f"{field}.level",
                subject_id=who,
                months=roster.rule.months_needed,
            )
        return Result(who, kind, None, NotRated.TIME_TOO_SHORT)
    if wish.level is None:
        raise errors.RatingLevelMissing(field=f"{field}.level", subject_id=who)
    return Result(who, kind, wish.level, None, wish.newly_transferred)


def completed(results: Mapping[UUID, Result], roster: Roster) -> dict[UUID, Result]:
    """Add those whom the rule leaves out. Raises RatingIncomplete."""
    whole = dict(results)
    missing: list[UUID] = []
    for who in roster.subjects():
        if who in whole:
            continue
        if roster.served_long_enough(who):
            missing.append(who)
        else:
            kind = roster.kind(who) or SubjectKind.MEMBER
            whole[who] = Result(who, kind, None, NotRated.TIME_TOO_SHORT)
    if missing:
        raise errors.RatingIncomplete(
            field="$.subjects", missing=len(missing), subject_id=missing[0]
        )
    return whole


def refuse_unfair(results: Mapping[UUID, Result], roster: Roster) -> None:
    """Hold results against each other.

    Raises RatingHeadAboveTeam, RatingTeamNotExcellent, RatingCapExceeded.
    """
    for team_id, team in roster.teams.items():
        given = results.get(team_id)
        if given is None or given.level is None:
            continue
        for head in team.heads:
            _refuse_above(results.get(head), given)
        if given.level is RatingLevel.EXCELLENT and (
            team.has_dismissed or _has_failed(team_id, results, roster)
        ):
            raise errors.RatingTeamNotExcellent(field="$.subjects", team_id=team_id)
    for kind in SubjectKind:
        _refuse_too_many(kind, results, roster.rule.excellent_percent_of_good)


def _refuse_above(head: Result | None, team: Result) -> None:
    if head is None or head.level is None or team.level is None:
        return
    if not head.newly_transferred and _RANK[head.level] > _RANK[team.level]:
        raise errors.RatingHeadAboveTeam(
            field="$.subjects", member_id=head.subject_id, team_id=team.subject_id
        )


def _has_failed(team_id: UUID, results: Mapping[UUID, Result], roster: Roster) -> bool:
    return any(
        one.level is RatingLevel.NOT_DONE
        for one in results.values()
        if one.subject_id in roster.members
        and roster.members[one.subject_id].team_id == team_id
    )


def _refuse_too_many(
    kind: SubjectKind, results: Mapping[UUID, Result], percent: int
) -> None:
    levels = [one.level for one in results.values() if one.kind is kind]
    excellent, good = (
        levels.count(one) for one in (RatingLevel.EXCELLENT, RatingLevel.GOOD)
    )
    most = good * percent // 100
    if excellent > most:
        raise errors.RatingCapExceeded(
            field="$.subjects",
            kind=kind.value,
            excellent=excellent,
            good=good,
            most=most,
        )
