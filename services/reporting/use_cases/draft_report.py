"""report.draft: freeze a unit's figures under the next number of the year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from services.chassis.clock import local_today
from services.chassis.commands import Change
from services.contracts.reporting.api import (
    DocumentHead,
    DraftReport,
    Freshness,
    ReportDraftedReply,
    UnitFigures,
)
from services.reporting.domain.periods import Period
from services.reporting.domain.report import (
    Draft,
    Report,
    number_and_symbol,
    report_id,
)
from services.unit_directory.tree import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The figures that the report keeps, read in one snapshot."""

    unit: UnitFigures
    children: list[UnitFigures]
    freshness: Freshness

    def plain(self) -> dict[str, Any]:
        """Return them as plain JSON values, the form in which they are stored."""
        kept = {
            "unit": self.unit,
            "children": self.children,
            "freshness": self.freshness,
        }
        plain: dict[str, Any] = msgspec.to_builtins(kept)
        return plain


def draft_of(
    command: DraftReport, period: Period, unit: Unit, frozen: Frozen, drafter: str
) -> Draft:
    """Return what the report says, with the usual heads where none were given."""
    head = _head(command, unit)
    return Draft(
        unit_id=unit.id,
        period=period,
        geography=command.geography,
        head=msgspec.to_builtins(head),
        frozen=frozen.plain(),
        drafted_by=drafter,
    )


def draft_report(draft: Draft, number: int, today: date) -> Change[Report]:
    """Decide on a report under ``number``; refused when the number is taken by now."""

    def decide(existing: Report | None) -> tuple[Report, ReportDraftedReply]:
        report = Report.draft(existing, draft, number, today)
        reply = ReportDraftedReply(
            report_id=report.id,
            unit_id=draft.unit_id,
            number=number,
            year=today.year,
            number_and_symbol=number_and_symbol(number, draft.head["symbol"]),
        )
        return report, reply

    return Change(
        aggregate_type=Report,
        aggregate_id=report_id(draft.unit_id, today.year, number),
        decide=decide,
    )


def _head(command: DraftReport, unit: Unit) -> DocumentHead:
    """Name the steering board of the unit and its committee unless told otherwise."""
    called = unit.named(local_today())
    name = called.name[:1].lower() + called.name[1:]
    of_country = unit.level == "country"
    board = "Ban Chỉ đạo 138" if of_country else f"Ban Chỉ đạo 138 {name}"
    committee = "Chính phủ" if of_country else f"Ủy ban nhân dân {name}"
    return DocumentHead(
        issuing_body=command.issuing_body or board,
        parent_body=command.parent_body or committee,
        symbol=command.symbol,
        place=command.place or ("Hà Nội" if of_country else called.bare_name),
        signing_authority="TM. Ban Chỉ đạo",
        signer_title=command.signer_title or "Trưởng ban",
        recipients=list(command.recipients),
    )
