"""What makes this process the registry; explicit, nothing is discovered."""

from typing import Final

import structlog
from eventsourcing.domain import Aggregate

from services.access_directory.holdings import Holdings
from services.chassis.command_writer import InlineReadModel
from services.chassis.service import Runtime, ServiceDefinition
from services.chassis.vault import KekRing, VaultClosed
from services.contracts.registry.events import PUBLIC_EVENTS
from services.registry.api import ROUTERS
from services.registry.domain.access_grant import AccessGrant
from services.registry.domain.area_book import AreaBook
from services.registry.domain.cessation import Cessation
from services.registry.domain.coordination_programme import CoordinationProgramme
from services.registry.domain.credential_book import CredentialBook
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.hierarchy import Hierarchy
from services.registry.domain.import_batch import ImportBatch
from services.registry.domain.person import Person
from services.registry.domain.person_reading import PersonReading
from services.registry.domain.quota_decision import QuotaDecision
from services.registry.domain.rating_round import RatingRound
from services.registry.domain.reorganisation import Reorganisation
from services.registry.domain.residential_area import ResidentialArea
from services.registry.domain.selection_round import SelectionRound
from services.registry.domain.steering_committee import SteeringCommittee
from services.registry.domain.support_claim import SupportClaim
from services.registry.domain.training_course import TrainingCourse
from services.registry.domain.unit import Unit
from services.registry.domain.unit_list import UnitList
from services.registry.domain.unit_register import UnitRegister
from services.registry.domain.welfare_visit import WelfareVisit
from services.registry.import_vault import EXTRA as FILES
from services.registry.import_vault import ImportVault
from services.registry.person_vault import EXTRA, PersonVault
from services.registry.publishing import publish
from services.registry.reactions.import_runner import EXTRA as RUNNER
from services.registry.reactions.import_runner import ImportRunner
from services.registry.reactions.unit_list_publisher import UnitListPublisher
from services.registry.read_models import known_units, unit_changes
from services.registry.read_models.access_directory import AccessDirectoryReadModel
from services.registry.read_models.access_grants import AccessGrantsReadModel
from services.registry.read_models.area_writing import AreaListReadModel
from services.registry.read_models.cessation_clocks import CessationClocksReadModel
from services.registry.read_models.claim_list import ClaimListReadModel
from services.registry.read_models.credential_list import CredentialListReadModel
from services.registry.read_models.decision_writing import DecisionsReadModel
from services.registry.read_models.force_deadlines import ForceDeadlinesReadModel
from services.registry.read_models.force_homes import ForceHomesReadModel
from services.registry.read_models.force_unit_list import ForceUnitListReadModel
from services.registry.read_models.headcounts import HeadcountsReadModel
from services.registry.read_models.hierarchy_tables import HierarchiesReadModel
from services.registry.read_models.import_list import ImportListReadModel
from services.registry.read_models.member_facts import MemberFactsReadModel
from services.registry.read_models.member_list import MemberListReadModel
from services.registry.read_models.person_disputes import PersonDisputesReadModel
from services.registry.read_models.person_list import PersonListReadModel
from services.registry.read_models.person_readings import PersonReadingsReadModel
from services.registry.read_models.plan_list import PlanListReadModel
from services.registry.read_models.programmes import ProgrammesReadModel
from services.registry.read_models.quotas import QuotasReadModel
from services.registry.read_models.rating_writing import RatingListReadModel
from services.registry.read_models.selection_writing import SelectionReadModel
from services.registry.read_models.steering_committees import (
    SteeringCommitteesReadModel,
)
from services.registry.read_models.tables import ACCESS, READ, UNITS
from services.registry.read_models.team_areas import TeamAreasReadModel
from services.registry.read_models.terms import TermsReadModel
from services.registry.read_models.training_list import TrainingListReadModel
from services.registry.read_models.unit_list_editions import UnitListsReadModel
from services.registry.read_models.units import UnitsReadModel
from services.registry.read_models.visit_list import VisitListReadModel
from services.registry.unit_list_store import EXTRA as LIST_SIGNER
from services.registry.unit_list_store import PURPOSE, ListSigner
from services.registry.use_cases.import_hierarchies import import_hierarchies
from services.registry.use_cases.import_units import import_units
from services.registry.use_cases.import_work import ImportWork
from services.registry.verbs import VERBS
from services.unit_directory.directory import UnitDirectory

logger = structlog.get_logger()

AGGREGATES: Final[tuple[type[Aggregate], ...]] = (
    Unit,
    UnitRegister,
    UnitList,
    ForceUnit,
    Person,
    PersonReading,
    AreaBook,
    ResidentialArea,
    Reorganisation,
    AccessGrant,
    CredentialBook,
    SupportClaim,
    RatingRound,
    TrainingCourse,
    WelfareVisit,
    QuotaDecision,
    Hierarchy,
    SteeringCommittee,
    CoordinationProgramme,
    Cessation,
    ImportBatch,
    SelectionRound,
)
# In the order in which they take in the events of a transaction.
READ_MODELS: Final[tuple[type[InlineReadModel], ...]] = (
    UnitsReadModel,
    UnitListsReadModel,
    ForceUnitListReadModel,
    ForceHomesReadModel,
    MemberListReadModel,
    MemberFactsReadModel,
    # After the members and their facts: one that nothing cites is not chased.
    DecisionsReadModel,
    CessationClocksReadModel,
    ForceDeadlinesReadModel,
    SelectionReadModel,
    PersonListReadModel,
    PersonReadingsReadModel,
    PersonDisputesReadModel,
    HeadcountsReadModel,
    AreaListReadModel,
    PlanListReadModel,
    AccessDirectoryReadModel,
    AccessGrantsReadModel,
    # After the members: what has to come back follows from who ceased.
    CredentialListReadModel,
    ClaimListReadModel,
    RatingListReadModel,
    TrainingListReadModel,
    VisitListReadModel,
    QuotasReadModel,
    TeamAreasReadModel,
    TermsReadModel,
    HierarchiesReadModel,
    ImportListReadModel,
    SteeringCommitteesReadModel,
    ProgrammesReadModel,
)


def definition() -> ServiceDefinition:
    """Describe the service to the chassis."""
    directory = UnitDirectory(UNITS)
    # Its own table, written with the facts: nothing is ever missing.
    holdings = Holdings(ACCESS, directory, follows=False)

    async def on_start(runtime: Runtime) -> None:
        await open_vault(runtime)
        await open_import_vault(runtime)
        await import_units(runtime)
        await import_hierarchies(runtime)
        await directory.attach(runtime)
        runtime.extras[known_units.EXTRA] = known_units.KnownUnits(UNITS, directory)
        runtime.extras[unit_changes.EXTRA] = unit_changes.UnitChangeFeed(UNITS)
        await holdings.attach(runtime)

    return ServiceDefinition(
        name="registry",
        aggregates=AGGREGATES,
        publish=publish,
        read_metadata=READ,
        inline_read_models=tuple(model() for model in READ_MODELS),
        verbs=VERBS,
        routers=ROUTERS,
        catalogue=frozenset(event.TYPE for event in PUBLIC_EVENTS),
        on_start=on_start,
        parts=(import_runner, UnitListPublisher),
    )


async def open_vault(runtime: Runtime) -> None:
    """Read the key file and the secret of marks; no door opens before.

    Raises VaultClosed.
    """
    if runtime.settings.kek_file is None:
        raise VaultClosed("BINHYEN_KEK_FILE is not set.")
    vault = PersonVault(KekRing.from_file(runtime.settings.kek_file))
    await runtime.write(vault.prepare)
    while made := await runtime.write(vault.refresh):
        logger.info("digests_made", people=made)
    runtime.extras[EXTRA] = vault
    runtime.extras[LIST_SIGNER] = ListSigner(vault.derived(PURPOSE))


async def open_import_vault(runtime: Runtime) -> None:
    """Prepare what seals uploaded rosters, and the work on them."""
    if runtime.settings.kek_file is None:
        raise VaultClosed("BINHYEN_KEK_FILE is not set.")
    vault = ImportVault(KekRing.from_file(runtime.settings.kek_file))
    await runtime.write(vault.prepare)
    runtime.extras[FILES] = vault
    work = ImportWork(runtime, runtime.extras[EXTRA], vault)
    runtime.extras[RUNNER] = ImportRunner(runtime.engine, work)


def import_runner(runtime: Runtime) -> ImportRunner:
    """Return the work on imports as a part of the process."""
    runner: ImportRunner = runtime.extras[RUNNER]
    return runner
