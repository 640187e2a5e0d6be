"""What may happen to a tip; all use cases of the service decide here."""

from datetime import date, datetime, time
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.chassis.clock import LOCAL_ZONE, local_today
from services.tips.domain import errors
from services.tips.domain.values import (
    REASONS_AGAINST_VALUE,
    REASONS_FOR_VALUE,
    Category,
    Intake,
    Sealed,
    TipState,
    TriageOutcome,
)

_CATEGORIES = frozenset(Category)


class Tip(Aggregate):
    """One piece of information from the people; its text is here only as ciphertext.

    Glossary: tip (tin do quần chúng cung cấp). Never refused for what it says, never
    deleted; erasing destroys its key elsewhere and leaves the counts.
    """

    TOPIC = "tips.tip"

    class Event(Aggregate.Event):
        TOPIC = "tips.tip.event"

        @staticmethod
        def create_timestamp() -> datetime:
            """Keep the day alone: a finer time could be matched with a person."""
            return datetime.combine(local_today(), time.min, LOCAL_ZONE)

    class Received(Event, AggregateCreated):
        TOPIC = "tips.tip.received"
        unit_id: UUID
        unit_path: str
        category: str
        channel: str
        received_on: date
        received_by: str
        late_reason: str | None
        content: bytes
        source: bytes | None

    class Triaged(Event):
        TOPIC = "tips.tip.triaged"
        unit_id: UUID
        received_on: date
        outcome: str
        routed_to: str | None
        triaged_on: date
        triaged_by: str

    class Valued(Event):
        TOPIC = "tips.tip.valued"
        unit_id: UUID
        received_on: date
        valuable: bool
        reason_code: str
        valued_on: date
        valued_by: str

    class ContentRead(Event):
        TOPIC = "tips.tip.content_read"
        purpose: str
        read_on: date
        read_by: str

    class Erased(Event):
        TOPIC = "tips.tip.erased"
        reason_code: str
        erased_on: date
        erased_by: str

    @classmethod
    def receive(
        cls, tip_id: UUID, intake: Intake, sealed: Sealed, *, today: date
    ) -> "Tip":
        """Take a tip in; refuses what is off the closed list, future or late unsaid.

        Raises CategoryOutOfScope, ReceivedInFuture, LateReasonMissing.
        """
        check_category(intake.category)
        check_received_on(intake.received_on, today)
        if intake.received_on < today and intake.late_reason is None:
            raise errors.LateReasonMissing(field="$.late_reason")
        return cls._create(
            cls.Received,
            id=tip_id,
            unit_id=intake.unit_id,
            unit_path=intake.unit_path,
            category=intake.category,
            channel=intake.channel,
            received_on=intake.received_on,
            received_by=intake.received_by,
            late_reason=intake.late_reason,
            content=sealed.content,
            source=sealed.source,
        )

    @event(Received)
    def __init__(
        self,
        *,
        unit_id: UUID,
        received_on: date,
        received_by: str,
        content: bytes,
    ) -> None:
        self.unit_id = unit_id
        self.received_on = received_on
        self.received_by = received_by
        self.content = content
        self.state = TipState.RECEIVED
        self.outcome: TriageOutcome | None = None
        self.triaged_on = received_on
        self.triaged_by = ""

    def triage(
        self,
        outcome: TriageOutcome,
        routed_to: str | None,
        *,
        on: date,
        by: str,
        today: date,
    ) -> None:
        """Sort a received tip, once.

        Raises TipErased, TipAlreadyTriaged, RoutingDoesNotFit, DayOutOfOrder.
        """
        self._refuse_erased()
        if self.state is not TipState.RECEIVED:
            raise errors.TipAlreadyTriaged(tip_id=self.id)
        if (outcome is TriageOutcome.ROUTED_OUT) != (routed_to is not None):
            raise errors.RoutingDoesNotFit(field="$.routed_to")
        _check_order(self.received_on, on, today, "$.triaged_on")
        self._triaged(
            unit_id=self.unit_id,
            received_on=self.received_on,
            outcome=outcome.value,
            routed_to=routed_to,
            triaged_on=on,
            triaged_by=by,
        )

    def value(
        self, *, valuable: bool, reason_code: str, on: date, by: str, today: date
    ) -> None:
        """Rate an accepted tip, once, by a third person.

        Raises TipErased, TipNotTriaged, TipNotAccepted, TipAlreadyValued,
        AnotherOfficerNeeded, ReasonDoesNotFit, DayOutOfOrder.
        """
        self._refuse_erased()
        self._refuse_unratable()
        if by in (self.received_by, self.triaged_by):
            raise errors.AnotherOfficerNeeded(tip_id=self.id)
        fitting = REASONS_FOR_VALUE if valuable else REASONS_AGAINST_VALUE
        if reason_code not in fitting:
            raise errors.ReasonDoesNotFit(field="$.reason_code")
        _check_order(self.triaged_on, on, today, "$.valued_on")
        self._valued(
            unit_id=self.unit_id,
            received_on=self.received_on,
            valuable=valuable,
            reason_code=reason_code,
            valued_on=on,
            valued_by=by,
        )

    def read_content(self, *, purpose: str, on: date, by: str) -> None:
        """Record who reads the text and what for. Raises TipErased."""
        self._refuse_erased()
        self._content_read(purpose=purpose, read_on=on, read_by=by)

    def erase(self, *, reason_code: str, on: date, by: str) -> None:
        """Give the text up for ever; every figure stays. Raises TipErased."""
        self._refuse_erased()
        self._erased(reason_code=reason_code, erased_on=on, erased_by=by)

    def _refuse_erased(self) -> None:
        if self.state is TipState.ERASED:
            raise errors.TipErased(tip_id=self.id)

    def _refuse_unratable(self) -> None:
        if self.state is TipState.RECEIVED:
            raise errors.TipNotTriaged(tip_id=self.id)
        if self.state is TipState.VALUED:
            raise errors.TipAlreadyValued(tip_id=self.id)
        if self.outcome is not TriageOutcome.ACCEPTED:
            raise errors.TipNotAccepted(tip_id=self.id)

    @event(Triaged)
    def _triaged(
        self,
        *,
        unit_id: UUID,
        received_on: date,
        outcome: str,
        routed_to: str | None,
        triaged_on: date,
        triaged_by: str,
    ) -> None:
        self.unit_id = unit_id
        self.received_on = received_on
        self.outcome = TriageOutcome(outcome)
        self.routed_to = routed_to
        self.triaged_on = triaged_on
        self.triaged_by = triaged_by
        self.state = TipState.TRIAGED

    @event(Valued)
    def _valued(
        self,
        *,
        unit_id: UUID,
        received_on: date,
        valuable: bool,
        reason_code: str,
        valued_on: date,
        valued_by: str,
    ) -> None:
        self.unit_id = unit_id
        self.received_on = received_on
        self.valuable = valuable
        self.value_reason_code = reason_code
        self.valued_on = valued_on
        self.valued_by = valued_by
        self.state = TipState.VALUED

    @event(ContentRead)
    def _content_read(self, purpose: str, read_on: date, read_by: str) -> None:
        self.last_read = (purpose, read_on, read_by)

    @event(Erased)
    def _erased(self, reason_code: str, erased_on: date, erased_by: str) -> None:
        self.erasure = (reason_code, erased_on, erased_by)
        self.content = b""
        self.state = TipState.ERASED


def check_category(category: str) -> None:
    """Let the words of the closed list pass. Raises CategoryOutOfScope."""
    if category not in _CATEGORIES:
        raise errors.CategoryOutOfScope(field="$.category")


def check_received_on(day: date, today: date) -> None:
    """Let a day pass that has come. Raises ReceivedInFuture."""
    if day > today:
        raise errors.ReceivedInFuture(field="$.received_on", day=day)


def _check_order(earliest: date, day: date, today: date, field: str) -> None:
    if not earliest <= day <= today:
        raise errors.DayOutOfOrder(
            field=field, day=day, earliest=earliest, latest=today
        )
