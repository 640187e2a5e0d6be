"""Commands and questions about credentials and the member card."""

from typing import Any, Final

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import credentials as shapes
from services.registry.domain.care_errors import CredentialUnknown
from services.registry.person_vault import EXTRA, PersonVault
from services.registry.read_models.credential_list import (
    CredentialFilter,
    book_of,
    list_credentials,
)
from services.registry.read_models.served_members import find_members
from services.registry.use_cases.issue_credential import issue_credential
from services.registry.use_cases.member_cards import MemberCards, checked
from services.registry.use_cases.own_members import covers
from services.registry.use_cases.replace_credential import replace_credential
from services.registry.use_cases.revoke_credential import revoke_credential
from services.registry.verbs.making import WRITE, areas, command, given, query

CARDS: Final = "member_cards"


async def credential_issue(call: Call[shapes.IssueCredential]) -> Outcome:
    """Give a member a badge or certificate."""
    member_id = call.body.member_id
    found = await call.runtime.read(find_members, [member_id])
    change = issue_credential(call.body, given(call), found.get(member_id))
    return await call.runtime.commands.run(change, call.key)


async def credential_replace(call: Call[shapes.ReplaceCredential]) -> Outcome:
    """Exchange or reissue a credential."""
    change = replace_credential(call.body, given(call), await _book(call))
    return await call.runtime.commands.run(change, call.key)


async def credential_revoke(call: Call[shapes.RevokeCredential]) -> Outcome:
    """Take a credential back."""
    change = revoke_credential(call.body, given(call), await _book(call))
    return await call.runtime.commands.run(change, call.key)


async def _book(call: Call[Any]) -> Any:
    wanted = call.body.credential_id
    found = await call.runtime.read(book_of, wanted)
    if found is None:
        raise CredentialUnknown(field="$.credential_id", credential_id=wanted)
    return found


async def credentials_list(call: Call[shapes.CredentialsList]) -> shapes.CredentialList:
    """List the credentials of a unit's subtree."""
    asked = call.body
    where = areas(call, asked.unit, "credential")
    wanted = CredentialFilter(where, asked.member_id, asked.kind, asked.only_held)
    return await call.runtime.read(
        list_credentials, wanted, first=asked.first, after=asked.after
    )


async def member_cards_get(
    call: Call[shapes.MemberCardsGet],
) -> shapes.MemberCardsAnswer:
    """Sign today's cards of members."""
    terms = given(call)
    found = await call.runtime.read(find_members, call.body.ids)
    cards = _cards(call)
    return shapes.MemberCardsAnswer(
        rows=tuple(
            cards.card(member, terms.today)
            if (member := found.get(one)) and covers(terms, member.unit_id)
            else None
            for one in call.body.ids
        )
    )


async def member_card_check(
    call: Call[shapes.MemberCardCheck],
) -> shapes.MemberCardChecked:
    """Tell whether the bearer of a card serves now: yes or no."""
    card = _cards(call).read(call.body.token)
    wanted = [] if card is None else [card.member_id]
    members = await call.runtime.read(find_members, wanted) if wanted else {}
    return checked(card, members, local_today())


async def member_card_keys(
    call: Call[shapes.MemberCardKeysGet],
) -> shapes.MemberCardKeys:
    """Give the public key of cards, to verify them offline."""
    return shapes.MemberCardKeys(keys=(_cards(call).public,))


def _cards(call: Call[Any]) -> MemberCards:
    extras = call.runtime.extras
    if CARDS not in extras:
        vault: PersonVault = extras[EXTRA]
        extras[CARDS] = MemberCards(
            vault.derived("member_card_signing"), vault.derived("member_card_sealing")
        )
    cards: MemberCards = extras[CARDS]
    return cards


VERBS: Final = (
    command("credential.issue", shapes.IssueCredential, credential_issue),
    command("credential.replace", shapes.ReplaceCredential, credential_replace),
    command("credential.revoke", shapes.RevokeCredential, credential_revoke),
    query("credentials.list", shapes.CredentialsList, credentials_list),
    query("member_cards.get", shapes.MemberCardsGet, member_cards_get, WRITE),
    query("member_card.check", shapes.MemberCardCheck, member_card_check, None),
    query("member_card.keys", shapes.MemberCardKeysGet, member_card_keys, None),
)
