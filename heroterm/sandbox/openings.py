"""How a ticket looks when it comes in, by source: in-app form, mail, chat, community, GitHub.

Shapes: ticket-formats.md and context.md §2; the words come from topics.toml or specials.toml.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from heroterm.sandbox.footers import Origin, footer
from heroterm.sandbox.materials import Topic, table
from heroterm.sandbox.population import uuid
from heroterm.sandbox.records import Organization, User, Via
from heroterm.sandbox.world import World

KINDS = {"bug": "Bug Report", "feedback": "Feedback", "support": "Support Ticket"}
SUPPORT_TYPES = {"enterprise": "priority_support", "scale": "priority_support"}
FREE_PLANS = frozenset({"free", "pay-as-you-go_free", "startup", "yc"})


@dataclass(slots=True)
class Opening:
    """The first message of a ticket and what its source sets on the ticket."""

    subject: str
    body: str
    via: Via
    tags: list[str]
    custom: dict[int, Any] = field(default_factory=dict)
    html: str | None = None
    recipient: str | None = None


def true_organization(world: World, user: User) -> Organization | None:
    """The customer that a person belongs to, behind a free mail stand-in if need be."""
    key = user.true_organization_id or user.organization_id
    return world.organizations.get(key) if key else None


def in_app(
    world: World, rng: Random, topic: Topic, user: User, shape: int, project: str | None = None
) -> Opening:
    """The Support panel's ticket, with an Admin line of the given shape below `-----`.

    `project` replaces the project's id and name by a text such as "null" or "undefined".
    """
    organization = true_organization(world, user)
    origin = _origin(rng, topic, user, organization, project)
    subject = f"{KINDS[topic.kind]}: {_label(topic.area)} ({origin.report_uuid})"
    body = f"{topic.text}\n\n{footer(shape, origin)}"
    tags = [f"plan_{organization.plan}"] if organization and organization.plan else []
    tags.append(_owner_tag(organization))
    if organization and organization.content_warning:
        tags.append("content_warning")
    return Opening(subject, body, Via("api"), tags, _custom(topic, organization, origin))


def mail(world: World, rng: Random, topic: Topic, user: User) -> Opening:
    """Plain mail: HTML with a signature and, half of the time, a quoted earlier message."""
    first = user.name.split(" ")[0]
    body = f"Hi team,\n\n{topic.text}\n\nBest regards\n{first}"
    rich = f"<p>Hi team,</p><p>{html.escape(topic.text)}</p><p>Best regards<br>{first}</p>"
    if rng.random() < 0.5:
        quoted = table("replies")["answers"][0].split("\n")[0].replace("{name}", first)
        body += f"\n\nOn Monday, Support wrote:\n> {quoted}"
        rich += (
            '<div class="gmail_quote">On Monday, Support wrote:'
            f"<blockquote>{html.escape(quoted)}</blockquote></div>"
        )
    to = f"support@{world.subdomain}.example.com"
    via = Via("email", user.email, user.name)
    rich = f'<div class="zd-comment" dir="auto">{rich}</div>'
    return Opening(topic.subject, body, via, _plan_tags(world, user), {}, rich, to)


def chat(world: World, rng: Random, topic: Topic, user: User) -> Opening:
    """A chat thread turned into a ticket by the ticket reaction: tags pylon and slack."""
    stamp = rng.randrange(10**15, 10**16)
    link = f"https://practice-desk.slack.com/archives/C07{rng.randrange(10**6, 10**7)}/p{stamp}"
    body = f"{topic.text}\n\nSlack thread: {link}"
    return Opening(topic.subject, body, Via("api"), ["pylon", "slack", *_plan_tags(world, user)])


def community(topic: Topic) -> Opening:
    """A question from the website: a direct link, no Admin line (context.md §2b)."""
    slug = re.sub(r"[^a-z0-9]+", "-", topic.subject.lower()).strip("-")
    body = f"{topic.text}\n\nQuestion: https://posthog.com/questions/{slug}"
    return Opening(topic.subject, body, Via("api"), ["community_question"])


def github(rng: Random, topic: Topic) -> Opening:
    """An issue opened by somebody outside: a link to it, answered there (context.md §2c)."""
    number = rng.randrange(99_000, 99_999)
    link = f"https://github.com/PostHog/posthog/issues/{number}"
    body = f"{topic.text}\n\nGitHub issue: {link}"
    subject = f"[PostHog/posthog] {topic.subject} (#{number})"
    return Opening(subject, body, Via("api"), ["github_issue"])


def _label(area: str) -> str:
    label: str = table("desk")["areas"].get(area, f"{area} (feature preview)")
    return label


def _owner_tag(organization: Organization | None) -> str:
    rich = organization is not None and organization.mrr > 5_000
    return "owner_cleo_vantongeren" if rich else "owner_unassigned"


def _plan_tags(world: World, user: User) -> list[str]:
    organization = true_organization(world, user)
    if organization is None or organization.plan is None:
        return []
    warned = ["content_warning"] if organization.content_warning else []
    return [f"plan_{organization.plan}", *warned]


def _origin(
    rng: Random, topic: Topic, user: User, organization: Organization | None, project: str | None
) -> Origin:
    return Origin(
        email=user.email,
        user_number=user.id % 1_000_000,
        region=organization.region if organization else "US",
        organization_uuid=organization.uuid if organization else "undefined",
        organization=organization.name if organization else "null",
        project_id=project or str(organization.project_id if organization else "null"),
        project=project or (organization.project if organization else "undefined"),
        kind=topic.kind,
        area=topic.area,
        report_uuid=uuid(rng),
        session=uuid(rng),
    )


def _custom(topic: Topic, organization: Organization | None, origin: Origin) -> dict[int, Any]:
    fields = table("desk")["fields"]
    plan = organization.plan if organization else None
    kind = "free_support" if plan is None or plan in FREE_PLANS else "email_support"
    return {
        fields["severity"]: topic.severity,
        fields["distinct_id"]: origin.session,
        fields["target_area"]: topic.area,
        fields["organization_id"]: organization.uuid if organization else None,
        fields["support_type"]: SUPPORT_TYPES.get(plan or "", kind),
    }
