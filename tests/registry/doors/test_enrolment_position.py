"""What the position of a command promises to those who wait for it."""

from tests.registry.conftest import Registry
from tests.registry.doors.parts import enrol, establish


async def test_an_enrolment_ends_with_what_others_see(registry: Registry) -> None:
    """Its position is that of a public fact: a follower comes to it and stops there."""
    team = await establish(registry, "civil_defence_team", "01936")
    await enrol(registry, team, "leader", "member")
    log = registry.runtime.log
    (last,) = log.read_after(log.head() - 1, 1)
    assert "registry.member.enrolled" == last.topic
