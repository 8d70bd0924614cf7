"""Where everybody begins; people, teams and events."""

from django.urls import path

from caseness.web.services import event_views, people_views, views

urlpatterns = [
    path("start", views.start, name="start"),
    path("stay", views.stay, name="stay"),
    path("choose", views.choose_membership, name="choose-membership"),
    path("invitation/<str:token>", views.accept_invitation, name="accept-invitation"),
    path("people", people_views.people, name="people"),
    path("people/invite", people_views.invite_person, name="invite"),
    path("people/<uuid:person>", people_views.person, name="person"),
    path("people/<uuid:person>/add", people_views.add_membership, name="add-membership"),
    path("people/<uuid:person>/end", people_views.end_all, name="end-account"),
    path("people/<uuid:person>/remove-second-factor", people_views.remove_factors, name="remove-second-factor"),
    path("memberships/<uuid:membership>/invite", people_views.invite_again, name="invite-again"),
    path("memberships/<uuid:membership>/move", people_views.move, name="move"),
    path("memberships/<uuid:membership>/identifier", people_views.identify, name="identify"),
    path("memberships/<uuid:membership>/end", people_views.end, name="end-membership"),
    path("teams/add", people_views.new_team, name="new-team"),
    path("teams/<uuid:team>", people_views.edit_team, name="edit-team"),
    path("events", event_views.events, name="events"),
    path("events.csv", event_views.events_file, name="events-file"),
]
