"""Forces as dated legal categories, as a reader sees them."""

from services.contracts.registry.force_types import (
    ForceSuccessor,
    ForceTypeView,
    PostTitle,
)
from services.registry.domain.force_types import ForceType


def view(force: ForceType) -> ForceTypeView:
    """Show a legal category with its days, posts and what came after."""
    after = force.successor
    return ForceTypeView(
        force_type=force.code,
        name=force.name,
        legal_basis=force.legal_basis,
        valid_from=force.in_force.first,
        valid_to=force.in_force.end,
        unit_types=tuple(sorted(force.unit_types)),
        posts=tuple(post.value for post in force.posts),
        mark=force.mark,
        counted=force.counting.value,
        one_per_unit=force.one_per_unit,
        titles=tuple(
            PostTitle(post=post.value, title=title)
            for post, title in force.posts.items()
        ),
        successor=None
        if after is None
        else ForceSuccessor(
            force_type=after.force_type,
            on=after.on,
            share=after.share.value,
            posts=tuple(sorted(post.value for post in after.posts)),
        ),
    )
