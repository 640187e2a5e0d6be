"""Requests and answers about rosters in Excel: template, upload, faults, withdrawal.

By HTTP alone: the template, the upload and the workbooks. Verbs: imports.get
imports.list imports.faults (queries); import.withdraw (command).
"""

from uuid import UUID

from services.contracts.registry.api import Request
from services.contracts.registry.units import UnitCode

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RosterTemplate(Request, frozen=True):
    """An empty roster for a unit (one of id and code), with its lists of today."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
