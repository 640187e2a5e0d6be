"""The whole plan of a province's year: the same for the same sums and units."""

from demo.plan.forces import plan_forces
from demo.plan.models import plan_models
from demo.plan.records import Plan
from demo.plan.sessions import plan_campaigns, plan_sessions
from demo.plan.tips import plan_tips
from demo.plan.totals import Totals
from demo.province import Province


def make_plan(province: Province, totals: Totals, seed: str = "binh-yen") -> Plan:
    """Return the plan. Raises ValueError when the sums do not fit the province."""
    plan = Plan(
        name=totals.name,
        first_day=totals.first_day,
        last_day=totals.last_day,
        forces=tuple(plan_forces(province, totals, seed)),
        campaigns=tuple(plan_campaigns(province, totals)),
        sessions=tuple(plan_sessions(province, totals, seed)),
        models=tuple(plan_models(province, totals, seed)),
        tips=tuple(plan_tips(province, totals, seed)),
    )
    planned, wanted = plan.figures(), totals.figures()
    if planned != wanted:
        raise ValueError(f"the plan adds up to {planned}, not to {wanted}")
    return plan
