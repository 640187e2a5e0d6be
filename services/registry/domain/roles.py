"""What may be handed on: bundles of scopes, from `reference/roles.toml`."""

import tomllib
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).parents[1] / "reference" / "roles.toml"


class Role(NamedTuple):
    """One bundle of scopes with its bounds."""

    code: str
    name_vi: str
    name_en: str
    scopes: frozenset[str]
    longest_days: int
    sensitive: bool


def _read() -> dict[str, Role]:
    told = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        code: Role(code=code, **{**one, "scopes": frozenset(one["scopes"])})
        for code, one in told.items()
    }


ROLES: Final = _read()


def scopes_given(role: str, kept: tuple[str, ...]) -> tuple[str, ...]:
    """Return the scopes of a grant: those that its fact kept, else the role's."""
    if kept or role not in ROLES:
        return kept
    return tuple(sorted(ROLES[role].scopes))
