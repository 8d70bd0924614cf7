"""The pages that enter, correct and answer."""

from django.urls import path

from caseness.web.attention import views_course, views_details, views_kept, views_risk, views_scores, views_signals

# What can be struck out, and where in the addresses it stands.
_STRIKEABLE = {
    "goal": "goals",
    "circumstance": "circumstances",
    "medication": "medication",
    "note": "notes",
    "contact": "contacts",
}
urlpatterns = [
    path("kept", views_kept.kept, name="kept-forms"),
    path("clients/add", views_course.referral_add, name="referral-add"),
    path("clients/<uuid:key>/details", views_details.client_change, name="client-change"),
    path("clients/<uuid:key>/end", views_course.referral_end, name="referral-end"),
    path("clients/<uuid:key>/reopen", views_course.referral_reopen, name="referral-reopen"),
    path("clients/<uuid:key>/allocate", views_course.referral_allocate, name="referral-allocate"),
    path("clients/<uuid:key>/contacts/add", views_course.contact_add, name="contact-add"),
    path("contacts/<uuid:key>/", views_course.contact_change, name="contact-change"),
    path("clients/<uuid:key>/scores/add", views_scores.score_add, name="score-add"),
    path("scores/<uuid:key>/correct", views_scores.score_correct, name="score-correct"),
    path("scores/<uuid:key>/take-back", views_scores.score_withdraw, name="score-withdraw"),
    path("clients/<uuid:key>/goals/add", views_course.goal_add, name="goal-add"),
    path("goals/<uuid:key>/rate", views_course.goal_rate, name="goal-rate"),
    path("clients/<uuid:key>/circumstances/add", views_course.circumstance_add, name="circumstance-add"),
    path("clients/<uuid:key>/medication/add", views_course.medication_add, name="medication-add"),
    path("medication/<uuid:key>/stop", views_course.medication_stop, name="medication-stop"),
    path("clients/<uuid:key>/notes/add", views_course.note_add, name="note-add"),
    *(
        path(f"{place}/<uuid:key>/strike-out", views_details.entry_strike, {"kind": kind}, name=f"{kind}-strike")
        for kind, place in _STRIKEABLE.items()
    ),
    path("signals/", views_signals.signals_audit, name="signals-audit"),
    path("signals/<uuid:key>/", views_signals.signal, name="signal"),
    path("signals/<uuid:key>/acknowledge", views_signals.signal_acknowledge, name="signal-acknowledge"),
    path("signals/<uuid:key>/plan", views_signals.signal_plan, name="signal-plan"),
    path("plans/<uuid:key>/review", views_signals.plan_review, name="plan-review"),
    path("risk/", views_risk.risk, name="risk"),
    path("risk/cover", views_risk.cover, name="cover"),
    path("risk/cover/<int:number>/end", views_risk.cover_end, name="cover-end"),
    path("risk/<uuid:key>/", views_risk.risk_alert, name="risk-alert"),
    path("risk/<uuid:key>/acknowledge", views_risk.risk_acknowledge, name="risk-acknowledge"),
    path("risk/<uuid:key>/close", views_risk.risk_close, name="risk-close"),
]
