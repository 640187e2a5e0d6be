"""The command that freezes a unit's figures in a report."""

from typing import Annotated, Any

import strawberry

from gateway.questions import DRAFT_REPORT
from gateway.schema.base import (
    Info,
    Root,
    argument,
    column,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.enums import Calendar, Geography
from gateway.schema.related import related
from gateway.schema.reporting import PeriodInput, Report, period_spec


async def _report(root: Root, info: Info) -> Any:
    return await related(info, "Report", root.get("report_id"))


@output
class ReportPayload:
    """Answer to a command about a report."""

    report: Report | None = resolved(_report, "The report (báo cáo).")
    user_errors: list[UserError] = column(
        "Why the command was refused; empty when it was carried out."
    )


@taken
class ReportDraftInput:
    """A report to draft under the next number (lập báo cáo)."""

    unit_id: strawberry.ID = column("Unit reported on (đơn vị).")
    period: PeriodInput = column("Period reported on (kỳ báo cáo).")
    calendar: Calendar = strawberry.field(
        default=Calendar.OFFICIAL, description="Cut-off days (mốc chốt số liệu)."
    )
    geography: Geography = strawberry.field(
        default=Geography.AS_WAS, description="As it was, or restated (địa giới)."
    )
    issuing_body: str | None = strawberry.field(
        default=None, description="Body that issues it (cơ quan ban hành)."
    )
    parent_body: str | None = strawberry.field(
        default=None, description="Body above it (cơ quan chủ quản)."
    )
    symbol: str | None = strawberry.field(
        default=None, description="Symbol after the number (ký hiệu)."
    )
    place: str | None = strawberry.field(
        default=None, description="Place before the date (địa danh)."
    )
    signer_title: str | None = strawberry.field(
        default=None, description="Title of who signs (chức vụ người ký)."
    )
    recipients: list[str] | None = strawberry.field(
        default=None, description="Who receives it (nơi nhận)."
    )
    idempotency_key: str | None = key_field()


async def report_draft(
    info: Info,
    input: Annotated[ReportDraftInput, argument("What to report.")],  # noqa: A002
) -> Any:
    """Answer Mutation.reportDraft."""
    return await carried_out(
        info,
        DRAFT_REPORT,
        input,
        lambda: {
            "unit_id": identity(input.unit_id, "Unit", "unit_id"),
            "period": period_spec(input.period),
            "calendar": input.calendar.value,
            "geography": input.geography.value,
            "issuing_body": input.issuing_body,
            "parent_body": input.parent_body,
            "symbol": input.symbol,
            "place": input.place,
            "signer_title": input.signer_title,
            "recipients": input.recipients,
        },
    )
