"""The five roles, and what each may do."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a service. The descriptions are shown where a role is given."""

    ADMINISTRATOR = "administrator"
    SERVICE_LEAD = "service_lead"
    SUPERVISOR = "supervisor"
    THERAPIST = "therapist"
    ANALYST = "analyst"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """For a field of a model or form."""
        return [(role.value, role.value.replace("_", " ").capitalize()) for role in cls]


class Permission(StrEnum):
    """Something that can be done. Whose records it can be done to is told by `caseload.scope`."""

    READ_CLIENTS = "read clients"
    CHANGE_CLIENTS = "change clients"
    ALLOCATE_CLIENTS = "allocate clients to therapists"
    ANSWER_SIGNALS = "acknowledge signals and plan"
    READ_AGGREGATES = "read aggregates"
    MANAGE_PEOPLE = "manage people and teams"
    READ_EVENTS = "read and export events"
    IMPORT_RECORDS = "import a record"
    EXPORT_RECORDS = "export the record"
    MANAGE_SERVICE = "manage the service"


_CLINICAL = frozenset({Permission.READ_CLIENTS, Permission.CHANGE_CLIENTS, Permission.ANSWER_SIGNALS})
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    # Sees people, events and files, and no client's record.
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_PEOPLE,
            Permission.READ_EVENTS,
            Permission.IMPORT_RECORDS,
            Permission.EXPORT_RECORDS,
            Permission.MANAGE_SERVICE,
        }
    ),
    # Every client of the service.
    Role.SERVICE_LEAD: _CLINICAL | {Permission.ALLOCATE_CLIENTS, Permission.READ_AGGREGATES},
    # The clients of their team, and their own.
    Role.SUPERVISOR: _CLINICAL | {Permission.ALLOCATE_CLIENTS},
    # The clients that are theirs.
    Role.THERAPIST: _CLINICAL,
    # No client at all.
    Role.ANALYST: frozenset({Permission.READ_AGGREGATES}),
}
DESCRIPTIONS: dict[Role, str] = {
    Role.ADMINISTRATOR: "Invites people, keeps teams, imports and exports, and reads the events. Sees no client's record.",
    Role.SERVICE_LEAD: "Sees every client of the service, and allocates them.",
    Role.SUPERVISOR: "Sees the clients of the team and their own, and allocates them.",
    Role.THERAPIST: "Sees the clients who are allocated to them.",
    Role.ANALYST: "Sees aggregates, and no client's record.",
}
