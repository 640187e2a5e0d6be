"""The command that freezes a unit's figures in a report."""

from gateway.schema.command_table import command, commands
from gateway.schema.payloads import object_of, payload
from gateway.schema.reporting import Report
from services.contracts.reporting import api as reporting


@payload
class ReportPayload:
    """Answer to a command about a report."""

    report: Report | None = object_of("Report", "report_id", "The report (báo cáo).")


@commands("reporting")
class ReportMutations:
    """The command about reports, part of Mutation."""

    report_draft: ReportPayload | None = command(
        "report.draft",
        reporting.DraftReport,
        "Freeze figures in a report (lập báo cáo).",
    )
