"""The addresses of the duty desk."""

from django.urls import path

from varta.calls.views import (
    board,
    crew,
    handover,
    intake,
    lookups,
    maps,
    offline,
    shift,
    slip,
    steps,
)

app_name = "calls"
CHANGES = ("pause", "resume", "end")
urlpatterns = [
    path("", board.page, name="board"),
    path("board/rows", board.rows, name="rows"),
    path("board/swaps", board.swapping, name="swaps"),
    path("new/", intake.new, name="new"),
    path("new/places", lookups.places, name="places"),
    path("new/caller", lookups.caller, name="caller"),
    path("new/alike", lookups.alike, name="alike"),
    path("new/shell/", offline.shell, name="shell"),
    path("new/keys", offline.keys, name="keys"),
    path("new/knows.json", offline.knows, name="knows"),
    path("new/places.json", offline.places, name="slice"),
    path("pulse", offline.pulse, name="pulse"),
    path("worker.js", offline.worker, name="worker"),
    path("shift/", shift.page, name="shift"),
    path("shift/export.<str:form>", shift.export, name="shift_export"),
    path("map/tiles", maps.tiles, name="tiles"),
    path("crew/", crew.page, name="crew"),
    path("crew/now", crew.part, name="crew_part"),
    path("crew/begin", crew.begin, name="crew_begin"),
    path("crew/<uuid:key>/position", crew.position, name="crew_position"),
    *(path(f"crew/<uuid:key>/{step}", crew.change, {"step": step}, name=f"crew_{step}") for step in CHANGES),
    path("<uuid:key>/", board.call, name="call"),
    path("<uuid:key>/slip/", slip.slip, name="slip"),
    path("<uuid:key>/assign", steps.assign, name="assign"),
    path("<uuid:key>/accept", steps.accept, name="accept"),
    path("<uuid:key>/arrive", steps.arrive, name="arrive"),
    path("<uuid:key>/release", steps.release, name="release"),
    path("<uuid:key>/join", steps.join, name="join"),
    path("<uuid:key>/hand-over/<str:to>/", handover.hand_over, name="hand_over"),
    *(path(f"<uuid:key>/{step}", steps.form, {"step": step}, name=step) for step in steps.FORMS),
]
