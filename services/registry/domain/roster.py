"""Who serves in a force unit, in which post, since when: the state behind its rules."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.registry.domain import errors
from services.registry.domain.conditions import Outcome, refuse_unmet
from services.registry.domain.days import refuse_future
from services.registry.domain.decision import Decision
from services.registry.domain.decision_book import DecisionBook, refuse_undecided
from services.registry.domain.force_types import ForceType, refuse_post
from services.registry.domain.service_errors import (
    ChangeOutOfOrder,
    MemberChangedMeanwhile,
    MemberNotSuspended,
    MemberSuspended,
    PostAlreadyHeld,
)
from services.registry.domain.values import Period, Post


class Enrolment(NamedTuple):
    """One person about to serve; without a ``person_id`` it bears the member's id."""

    member_id: UUID
    post: Post
    enrolled_on: date
    person_id: UUID | None = None
    decision: Decision | None = None
    outcomes: tuple[Outcome, ...] = ()
    from_member_id: UUID | None = None


class Act(NamedTuple):
    """What a decision does to one membership, and from which day."""

    member_id: UUID
    on: date
    decision: Decision
    expected_version: int | None = None


class Service(NamedTuple):
    """One person's service in the force unit.

    ``version`` counts its changes, so that a caller can say which state was seen.
    ``led`` are the spells as leader.
    """

    post: Post
    enrolled_on: date
    ceased_on: date | None = None
    person_id: UUID | None = None
    version: int = 1
    last_change: str = "enrolled"
    last_on: date = date.min
    suspended_on: date | None = None
    led: tuple[Period, ...] = ()

    def changed(self, what: str, on: date, **values: object) -> "Service":
        """Return the service after a change."""
        return self._replace(
            version=self.version + 1,
            last_change=what,
            last_on=on,
            **values,  # type: ignore[arg-type]
        )

    def in_post(self, post: Post, on: date) -> "Service":
        """Return the service in another post."""
        return self.changed("post_changed", on, post=post, led=self._led(post, on))

    def resting(self, on: date) -> "Service":
        """Return the service with a suspension begun."""
        return self.changed("suspended", on, suspended_on=on)

    def back(self, on: date) -> "Service":
        """Return the service with its suspension ended."""
        return self.changed("resumed", on, suspended_on=None)

    def over(self, on: date) -> "Service":
        """Return the service with its end."""
        led = self._led(None, on)
        return self.changed("ceased", on, ceased_on=on, led=led, suspended_on=None)

    def runs_after(self, day: date) -> bool:
        """Tell whether the service goes on after the eve of a day."""
        return self.ceased_on is None or self.ceased_on > day

    def _led(self, post: Post | None, on: date) -> tuple[Period, ...]:
        closed = tuple(
            spell._replace(end=on) if spell.end is None else spell for spell in self.led
        )
        return (*closed, Period(on, None)) if post is Post.LEADER else closed


def service_of(
    post: Post, enrolled_on: date, person_id: UUID, version: int = 1
) -> Service:
    """Return a service as it begins."""
    led = (Period(enrolled_on, None),) if post is Post.LEADER else ()
    return Service(
        post,
        enrolled_on,
        person_id=person_id,
        version=version,
        last_on=enrolled_on,
        led=led,
    )


class Roster(dict[UUID, Service]):
    """Everybody who serves or served, by membership, and by which decisions."""

    def __init__(self) -> None:
        super().__init__()
        self.decisions = DecisionBook()

    def note(
        self, member_id: UUID, service: Service, decision: Decision | None
    ) -> None:
        """Take in a service as a decision has made it."""
        self[member_id] = service
        self.decisions.wait_for(decision)

    def serving(self, member_id: UUID, expected_version: int | None = None) -> Service:
        """Return a service that has not ended, as the caller saw it.

        Raises MemberUnknown, MemberAlreadyCeased, MemberChangedMeanwhile.
        """
        service = self.get(member_id)
        if service is None:
            raise errors.MemberUnknown(field="$.member_id", member_id=member_id)
        if expected_version not in (None, service.version):
            raise MemberChangedMeanwhile(
                field="$.expected_version",
                expected_version=expected_version,
                version=service.version,
                last_change=service.last_change,
                last_on=service.last_on,
            )
        if service.ceased_on is not None:
            raise errors.MemberAlreadyCeased(ceased_on=service.ceased_on)
        return service

    def still_serving(self) -> Iterator[UUID]:
        """Give those whose service has not ended."""
        return (who for who, service in self.items() if service.ceased_on is None)

    def refuse_second_leader(self, day: date, field: str) -> None:
        """Leave a force with one leader at a time. Raises LeaderAlreadyThere."""
        if any(
            spell.end is None or spell.end > day
            for service in self.values()
            for spell in service.led
        ):
            raise errors.LeaderAlreadyThere(field=field, day=day)

    def refuse_post(self, act: Act, post: Post, force: ForceType, today: date) -> None:
        """Let a member take another post.

        Raises PostNotInForce, as `_refuse_act` does, PostAlreadyHeld,
        LeaderAlreadyThere.
        """
        refuse_post(force, post, "$.post")
        if self._refuse_act(act, today, "$.changed_on").post is post:
            raise PostAlreadyHeld(field="$.post", post=post.value)
        if post is Post.LEADER:
            self.refuse_second_leader(act.on, "$.post")

    def refuse_suspension(self, act: Act, today: date) -> None:
        """Let a member be suspended. Raises as `_refuse_act` does, MemberSuspended."""
        since = self._refuse_act(act, today, "$.suspended_on").suspended_on
        if since is not None:
            raise MemberSuspended(field="$.member_id", suspended_on=since)

    def refuse_resumption(self, act: Act, today: date) -> None:
        """Let a suspension end. Raises as `_refuse_act` does, MemberNotSuspended."""
        if self._refuse_act(act, today, "$.resumed_on").suspended_on is None:
            raise MemberNotSuspended(field="$.member_id")

    def refuse_end(
        self, member_id: UUID, on: date, expected_version: int | None, today: date
    ) -> None:
        """Let a service end.

        Raises MemberUnknown, MemberAlreadyCeased, MemberChangedMeanwhile,
        CeasedBeforeEnrolled, ChangeOutOfOrder, DayInFuture.
        """
        service = self.serving(member_id, expected_version)
        if on <= service.enrolled_on:
            raise errors.CeasedBeforeEnrolled(
                field="$.ceased_on", enrolled_on=service.enrolled_on
            )
        refuse_future(on, today, "$.ceased_on")
        _refuse_out_of_order(service, on, "$.ceased_on")

    def _refuse_act(self, act: Act, today: date, field: str) -> Service:
        """Let a decision about somebody who serves take effect in its turn.

        Raises MemberUnknown, MemberAlreadyCeased, MemberChangedMeanwhile, DayInFuture,
        ChangeOutOfOrder.
        """
        service = self.serving(act.member_id, act.expected_version)
        refuse_future(act.on, today, field)
        refuse_future(act.decision.decided_on, today, "$.decision.decided_on")
        _refuse_out_of_order(service, act.on, field)
        return service

    def refuse_end_before_facts(
        self, established_on: date, on: date, field: str
    ) -> None:
        """Let a force end after all that is recorded. Raises DisbandedBeforeItsFacts.

        A service may end on the very day on which the force does.
        """
        days = [established_on]
        for service in self.values():
            days.append(service.enrolled_on)
            if service.ceased_on is None:
                days.append(service.last_on)
            elif service.ceased_on > on:
                days.append(service.ceased_on)
        if max(days) >= on:
            raise errors.DisbandedBeforeItsFacts(field=field, day=on)


def _refuse_out_of_order(service: Service, on: date, field: str) -> None:
    """Let a change take effect after the one before. Raises ChangeOutOfOrder."""
    if on < service.last_on or on <= service.enrolled_on:
        raise ChangeOutOfOrder(field=field, last_on=service.last_on)


def refuse_unrecognised(
    force_type: str, person: Enrolment, today: date, field: str
) -> None:
    """Let somebody in who is recognised as the law of the day wants.

    Raises DecisionRequired, DayInFuture, ConditionsNotMet.
    """
    day, decision = person.enrolled_on, person.decision
    refuse_undecided(force_type, day, decision, today, f"{field}.decision")
    refuse_unmet(person.outcomes, f"{field}.conditions")
