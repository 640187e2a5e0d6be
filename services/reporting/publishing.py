"""Which facts of reporting leave the service, and in which words.

Left out on purpose: the frozen figures and who drafted; they are asked for by id.
"""

from typing import Any, Final

from services.chassis.event_store import RecordedEvent
from services.contracts.envelope import PublicEvent
from services.contracts.reporting.events import ReportDraftedV1
from services.reporting.domain.report import Report

PUBLIC: Final[dict[type[Any], tuple[type[PublicEvent], str]]] = {
    Report.Drafted: (ReportDraftedV1, "report_id"),
}
PRIVATE: Final[frozenset[type[Any]]] = frozenset()


def publish(recorded: RecordedEvent) -> PublicEvent | None:
    """Return the public form of a fact, None when it stays inside."""
    kind = type(recorded.event)
    if kind in PRIVATE:
        return None
    contract, own_id = PUBLIC[kind]
    told = {
        name: getattr(recorded.event, name)
        for name in contract.__struct_fields__
        if name != own_id
    }
    told[own_id] = recorded.aggregate_id
    return contract(**told)
