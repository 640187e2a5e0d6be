"""What the gateway may ask over NATS; no verb takes or gives a text."""

from services.chassis.requests import Verb
from services.contracts.dependants import SCOPE as PLANNERS
from services.contracts.dependants import VERB as DEPENDANTS
from services.contracts.dependants import DependantsOfUnits
from services.contracts.tips.api import CountTips, ListTips, TriageTip, ValueTip
from services.tips.api import (
    dependants_of_units,
    tip_triage,
    tip_value,
    tips_counters,
    tips_list,
)

VERBS = (
    Verb(
        name=DEPENDANTS,
        request=DependantsOfUnits,
        handler=dependants_of_units,
        scope=PLANNERS,
    ),
    Verb(
        name="tips.counters",
        request=CountTips,
        handler=tips_counters,
        scope="tips:read",
    ),
    Verb(name="tips.list", request=ListTips, handler=tips_list, scope="tips:read"),
    Verb(
        name="tip.triage",
        request=TriageTip,
        handler=tip_triage,
        scope="tips:triage",
        command=True,
    ),
    Verb(
        name="tip.value",
        request=ValueTip,
        handler=tip_value,
        scope="tips:value",
        command=True,
    ),
)
