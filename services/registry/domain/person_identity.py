"""Whether two people of the registry are one, or are two after all."""

from datetime import date

from services.registry.domain import person_errors as errors
from services.registry.domain.person import Person


def absorb(person: Person, other: Person, *, on: date, by: str) -> None:
    """Take the other one for this person; both are told.

    Raises SamePerson, PersonErased, PersonMerged, DisputeStillOpen.
    """
    _refuse_same(person, other)
    person.refuse_gone()
    other.refuse_gone()
    for dispute_id in other.open_disputes:
        raise errors.DisputeStillOpen(field="$.other_id", dispute_id=dispute_id)
    person.trigger_event(
        Person.Absorbed, other_id=other.id, absorbed_on=on, absorbed_by=by
    )
    other.trigger_event(Person.Merged, into=person.id, merged_on=on, merged_by=by)


def release(person: Person, other: Person, *, on: date, by: str) -> None:
    """Let the other one be somebody else again; both are told.

    Raises SamePerson, PersonErased, PersonNotMerged.
    """
    _refuse_same(person, other)
    if person.erased_on is not None:
        raise errors.PersonErased(erased_on=person.erased_on)
    if other.merged_into != person.id:
        raise errors.PersonNotMerged(field="$.other_id")
    person.trigger_event(
        Person.Released, other_id=other.id, released_on=on, released_by=by
    )
    other.trigger_event(Person.Parted, other_id=person.id, parted_on=on, parted_by=by)


def tell_apart(person: Person, other: Person, *, on: date, by: str) -> None:
    """Remember for both that they are two; once said is enough.

    Raises SamePerson, PersonErased, PersonMerged.
    """
    _refuse_same(person, other)
    for one, another in ((person, other), (other, person)):
        one.refuse_gone()
        if another.id not in one.apart:
            one.trigger_event(
                Person.ToldApart, other_id=another.id, told_on=on, told_by=by
            )


def _refuse_same(person: Person, other: Person) -> None:
    if other.id == person.id:
        raise errors.SamePerson(field="$.other_id")
