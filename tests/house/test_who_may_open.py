"""Every page, asked by every role through every relation: the answer is the table's."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from onedoor.team import rules
from onedoor.team.models import Account, Membership
from tests.house.world import World

pytestmark = pytest.mark.django_db
TABLE = tomllib.loads((Path(__file__).parent / "who_may_open.toml").read_text())
# allauth's pages and the one-click sign-in of the demonstration are about no young person and
# have their own tests.
NOT_OURS = ("account_", "mfa_", "demo:")


@dataclass(frozen=True)
class Route:
    name: str
    converters: tuple[str, ...]


@cache
def routes() -> list[Route]:
    found = []

    def walk(resolver: URLResolver, space: str) -> None:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
            elif isinstance(entry, URLPattern) and not f"{space}{entry.name}".startswith(NOT_OURS):
                names = tuple(entry.pattern.converters)
                found.append(Route(f"{space}{entry.name}", names))

    walk(get_resolver(), "")
    return found


def expected(route: str, role: str, relation: str) -> bool:
    """What the table says of one cell."""
    line = TABLE["routes"][route]
    if line in ("anyone", "everyone"):
        return True
    for clause in line.split(";"):
        who, _, through = clause.strip().partition("@")
        if role not in TABLE["groups"].get(who, [who]):
            continue
        if not through:
            return relation != "role ended"
        return bool(standing(role, relation) & set(through.split(",")))
    return False


def standing(role: str, relation: str) -> set[str]:
    """A role across the council stands whatever tie came and went; being kept out ends it."""
    if rules.roles()[role].at == "council" and relation in ("tied", "tie ended"):
        return {relation, "council"}
    return {relation}


def test_every_route_has_a_line_and_every_line_a_route():
    assert {route.name for route in routes()} == set(TABLE["routes"])


def test_nobody_signed_out_opens_anything_but_the_door():
    world = World()
    for route in routes():
        answer = Client().get(world.address(route, world.person))
        if TABLE["routes"][route.name] == "anyone":
            assert answer.status_code in (200, 302, 405), route.name
            assert resolve_url(settings.LOGIN_URL) not in answer.headers.get("Location", "")
        elif TABLE["routes"][route.name] == "writer":
            assert answer.status_code == 404, route.name
        else:
            assert answer.status_code == 302, route.name
            assert answer.url.startswith(resolve_url(settings.LOGIN_URL)), route.name


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_cell_of_the_table_holds(method):
    """Each role through each relation, each page: shown, or refused with a sentence."""
    world = World()
    wrong, cells = [], 0
    for role, relation, account, person in world.everybody():
        client = Client()
        client.force_login(account)
        for route in routes():
            with transaction.atomic():
                answer = getattr(client, method)(world.address(route, person))
                transaction.set_rollback(True)
            cells += 1
            if TABLE["routes"][route.name] == "writer":
                good = answer.status_code == 404
            elif expected(route.name, role, relation):
                good = answer.status_code in (200, 302, 405)
            else:
                # A page that takes no such method says so before it looks who asks.
                good = answer.status_code in (403, 405)
            if not good:
                wrong.append(f"{route.name} as {role} ({relation}): {answer.status_code}")
    assert not wrong, f"{len(wrong)} of {cells} cells:\n" + "\n".join(wrong[:60])
    assert cells > 5_000


def test_the_world_holds_every_role_in_every_relation_it_can_have():
    seen = {(role, relation) for role, relation, _, _ in World().everybody()}
    for role in rules.roles().values():
        relations = {"tied", "tie ended", "kept out", "role ended"}
        relations |= {"hub", "other hub"} if role.at == "hub" else {"council"}
        relations |= {"key"} if role.key_worker else set()
        assert {(role.key, relation) for relation in relations} <= seen


def test_a_role_that_ends_today_opens_nothing_from_today():
    world = World()
    account = next(a for r, rel, a, _ in world.everybody() if (r, rel) == ("hub-manager", "hub"))
    today = timezone.localdate()
    Membership.objects.filter(account=account).update(until_on=today)
    assert Account.objects.get(pk=account.pk).roles_on(today) == set()
    assert Account.objects.get(pk=account.pk).roles_on(today - timedelta(days=1))
