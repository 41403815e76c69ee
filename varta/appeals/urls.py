"""The addresses of appeals."""

from django.urls import path

from varta.appeals.views import appeal, letters, opening, reception, register

app_name = "appeals"
urlpatterns = [
    path("", register.appeals, name="register"),
    path("export.<str:form>", register.export, name="export"),
    path("journal/", register.journal, name="journal"),
    path("mine/", register.mine, name="mine"),
    path("new/", opening.new, name="new"),
    path("new/check/", opening.check, name="check"),
    path("letters/", register.outgoing, name="outgoing"),
    path("letters/<uuid:key>/", letters.letter, name="letter"),
    path("letters/<uuid:key>/letter.<str:form>", letters.document, name="document"),
    path("reception/", reception.journal, name="reception"),
    path("office/", reception.office, name="office"),
    path("<uuid:key>/", appeal.appeal, name="appeal"),
    path("<uuid:key>/assign/", appeal.assign, name="assign"),
    path("<uuid:key>/reply/", appeal.reply, name="reply"),
    path("<uuid:key>/approve/", appeal.approve, name="approve"),
    path("<uuid:key>/letter/<str:kind>/", letters.compose, name="compose"),
    path("<uuid:key>/letter/<str:kind>/draft.pdf", letters.preview, name="preview"),
]
