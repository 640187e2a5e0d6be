"""Commands about plans of reorganisation."""

from gateway.schema.command_table import command, commands
from gateway.schema.payloads import object_of, payload
from gateway.schema.reorganisations import Reorganisation
from services.contracts.registry import reorganisations


@payload
class ReorganisationPayload:
    """Answer to a command about a plan of reorganisation."""

    reorganisation: Reorganisation | None = object_of(
        "Reorganisation", "reorganisation_id", "The plan."
    )


@commands("registry")
class ReorganisationMutations:
    """Commands about plans of reorganisation, part of Mutation."""

    reorganisation_draft: ReorganisationPayload | None = command(
        "reorganisation.draft",
        reorganisations.DraftReorganisation,
        "Begin a plan under a decree (lập phương án).",
    )
    reorganisation_plan: ReorganisationPayload | None = command(
        "reorganisation.plan",
        reorganisations.PlanOperations,
        "Add new units and operations (bổ sung thao tác).",
    )
    reorganisation_decide: ReorganisationPayload | None = command(
        "reorganisation.decide",
        reorganisations.DecideDependants,
        "Decide who takes dependants over (quyết định).",
    )
    reorganisation_withdraw: ReorganisationPayload | None = command(
        "reorganisation.withdraw",
        reorganisations.WithdrawReorganisation,
        "Put a draft away (rút phương án).",
    )
    reorganisation_execute: ReorganisationPayload | None = command(
        "reorganisation.execute",
        reorganisations.ExecuteReorganisation,
        "Carry a rehearsed plan out as one act (thực hiện).",
    )
    reorganisation_undo: ReorganisationPayload | None = command(
        "reorganisation.undo",
        reorganisations.UndoReorganisation,
        "Take an executed plan back (hủy bỏ).",
    )
