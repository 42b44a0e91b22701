"""Addresses of the sign-in pages."""

from django.urls import path

from console.accounts import accepting, inviting, leaving, resetting, second_factor, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", second_factor.ask_for_code, name="sign-in-code"),
    path("sign-in/second-factor", second_factor.take_on, name="second-factor"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("password", views.change_own_password, name="change-password"),
    path("sign-in/demo/<str:token>", views.sign_in_by_demo_link, name="demo-sign-in"),
    path("people", inviting.list_people, name="people"),
    path("people/invite", inviting.invite_somebody, name="people-invite"),
    path("people/invitations/<uuid:public_id>/withdraw", inviting.withdraw, name="people-withdraw"),
    path("people/<uuid:public_id>/reset", resetting.make_reset_link, name="people-reset"),
    path("people/<int:number>/leave", leaving.end_somebodys_tenure, name="people-leave"),
    path("password/reset/<str:token>", resetting.reset_password, name="password-reset"),
    path("invitations/<str:token>", accepting.accept_invitation, name="invitation"),
]
