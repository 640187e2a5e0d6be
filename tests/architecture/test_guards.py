"""Rules over many aggregates are held in the transaction, whoever takes people in."""

import re
from pathlib import Path

USE_CASES = Path(__file__).parents[2] / "services" / "registry" / "use_cases"
ONE_MEMBERSHIP = ("keeping_one_membership", "refused_memberships")


def enrolling() -> list[Path]:
    """Return the use cases that let somebody serve and give a change to be written."""
    return [
        path
        for path in sorted(USE_CASES.glob("*.py"))
        if re.search(r"\benrol\(", text := path.read_text("utf-8"))
        and "JointChange(" in text
    ]


def test_who_takes_people_in_holds_them_to_one_service() -> None:
    """Each such command carries the guard of the one membership, and of the quota."""
    names = {path.stem for path in enrolling()}
    assert {
        "apply_roster",
        "consolidate_forces",
        "decide_selection",
        "enrol_members",
    } <= names
    for path in enrolling():
        text = path.read_text("utf-8")
        assert any(guard in text for guard in ONE_MEMBERSHIP), path.name
        assert "keeping_quota" in text, path.name
