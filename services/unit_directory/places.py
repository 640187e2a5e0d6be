"""What an area is made of: subtrees of units by their paths, and single units."""

from typing import NamedTuple


class Own(NamedTuple):
    """The place of one unit alone, without what lies below it."""

    path: str


Covered = str | Own


def covered_by(path: str, root: Covered) -> bool:
    """Tell whether a path is a part of the area, or lies below it."""
    if isinstance(root, Own):
        return path == root.path
    return path == root or path.startswith(f"{root}.")
