"""Commands and questions about selection rounds."""

from collections.abc import Callable
from typing import Any, Final

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.chassis.commands import Change
from services.contracts.registry import selection as shapes
from services.registry.domain.selection_errors import SelectionRoundUnknown
from services.registry.domain.selection_round import SelectionRound
from services.registry.person_vault import EXTRA, PersonVault
from services.registry.read_models import selection_list
from services.registry.use_cases import selection_steps as steps
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.decide_selection import decide_selection
from services.registry.use_cases.enrol_members import NOBODY, known_people
from services.registry.use_cases.plan_selection import plan_selection
from services.registry.use_cases.receive_application import (
    propose_directly,
    receive_application,
)
from services.registry.verbs.making import (
    areas,
    callers_paths,
    callers_reach,
    command,
    given,
    query,
)


async def _run(
    call: Call[Any],
    step: Callable[[Any, Circumstances], Change[SelectionRound]],
) -> Outcome:
    return await call.runtime.commands.run(step(call.body, given(call)), call.key)


async def selection_plan(call: Call[shapes.PlanSelection]) -> Outcome:
    """Draw up the plan of a selection for one team."""
    return await call.runtime.commands.run_together(
        plan_selection(call.body, given(call)), call.key
    )


async def selection_approve(call: Call[shapes.ApproveSelection]) -> Outcome:
    """Let the committee approve the plan."""
    return await _run(call, steps.approve_selection)


async def selection_open(call: Call[shapes.OpenSelection]) -> Outcome:
    """Post the plan, so that dossiers may come."""
    return await _run(call, steps.open_selection)


async def selection_receive(call: Call[shapes.ReceiveApplication]) -> Outcome:
    """Take a dossier; who it is goes to the vault."""
    vault: PersonVault = call.runtime.extras[EXTRA]
    known = NOBODY
    if call.body.person_id is not None:
        known = await call.runtime.read(
            known_people, vault, [call.body.person_id], callers_paths(call)
        )
    change = receive_application(call.body, given(call), vault, known)
    return await call.runtime.commands.run_together(change, vault.marked(call.key))


async def selection_check(call: Call[shapes.CheckApplication]) -> Outcome:
    """Say anew what is in a dossier."""
    return await _run(call, steps.check_application)


async def selection_withdraw(call: Call[shapes.WithdrawApplication]) -> Outcome:
    """Let an applicant step back."""
    return await _run(call, steps.withdraw_application)


async def selection_propose_directly(call: Call[shapes.ProposeDirectly]) -> Outcome:
    """Propose a leader of civil defence without list and vote."""
    return await call.runtime.commands.run_together(
        propose_directly(call.body, given(call)), call.key
    )


async def selection_close(call: Call[shapes.CloseSelection]) -> Outcome:
    """End the receipt of dossiers."""
    return await _run(call, steps.close_selection)


async def selection_post_list(call: Call[shapes.PostList]) -> Outcome:
    """Post the list of those whose dossier is whole."""
    return await _run(call, steps.post_selection_list)


async def selection_hold_council(call: Call[shapes.HoldCouncil]) -> Outcome:
    """Take in the vote of the council."""
    return await _run(call, steps.hold_council)


async def selection_submit(call: Call[shapes.SubmitSelection]) -> Outcome:
    """Put minutes and proposals to the chairman."""
    return await _run(call, steps.submit_selection)


async def selection_decide(call: Call[shapes.DecideSelection]) -> Outcome:
    """Recognise those submitted as members of the team, all or none."""
    vault: PersonVault = call.runtime.extras[EXTRA]
    team_id, people = await call.runtime.read(
        selection_list.submitted_in, call.body.round_id
    )
    if team_id is None:
        raise SelectionRoundUnknown(field="$.round_id", round_id=call.body.round_id)
    # Who applied comes with the round, also where that was left by a divided unit.
    paths = callers_reach(call, "selection_round")
    known = await call.runtime.read(known_people, vault, people, paths)
    change = decide_selection(call.body, given(call), team_id, known)
    return await call.runtime.commands.run_together(change, call.key)


async def selection_cancel(call: Call[shapes.CancelSelection]) -> Outcome:
    """Let a round come to nothing."""
    return await _run(call, steps.cancel_selection)


async def selection_rounds_list(
    call: Call[shapes.SelectionRoundsList],
) -> shapes.SelectionRoundList:
    """List the rounds of a unit's subtree with their clocks."""
    asked = call.body
    on = asked.on or local_today()
    where = areas(call, asked.unit, "selection_round", on)
    wanted = selection_list.RoundFilter(*where, asked.state)
    return await call.runtime.read(
        selection_list.list_rounds, wanted, on=on, first=asked.first, after=asked.after
    )


async def selection_rounds_get(
    call: Call[shapes.SelectionRoundsGet],
) -> shapes.SelectionRoundsAnswer:
    """Get rounds by id."""
    found = await call.runtime.read(
        selection_list.get_rounds,
        call.body.ids,
        callers_reach(call, "selection_round"),
        on=local_today(),
    )
    return shapes.SelectionRoundsAnswer(
        rows=tuple(found.get(one) for one in call.body.ids)
    )


VERBS: Final = (
    command("selection.plan", shapes.PlanSelection, selection_plan),
    command("selection.approve", shapes.ApproveSelection, selection_approve),
    command("selection.open", shapes.OpenSelection, selection_open),
    command("selection.receive", shapes.ReceiveApplication, selection_receive),
    command("selection.check", shapes.CheckApplication, selection_check),
    command("selection.withdraw", shapes.WithdrawApplication, selection_withdraw),
    command(
        "selection.propose_directly", shapes.ProposeDirectly, selection_propose_directly
    ),
    command("selection.close", shapes.CloseSelection, selection_close),
    command("selection.post_list", shapes.PostList, selection_post_list),
    command("selection.hold_council", shapes.HoldCouncil, selection_hold_council),
    command("selection.submit", shapes.SubmitSelection, selection_submit),
    command("selection.decide", shapes.DecideSelection, selection_decide),
    command("selection.cancel", shapes.CancelSelection, selection_cancel),
    query("selection_rounds.list", shapes.SelectionRoundsList, selection_rounds_list),
    query("selection_rounds.get", shapes.SelectionRoundsGet, selection_rounds_get),
)
