"""The meetings of the demonstration tell the story."""

from datetime import UTC, date, datetime

from varta.people import demo as people
from varta.people.scope import Reader, reading
from varta.results.meetings import demo, queries, state
from varta.results.meetings.models import Decision, Meeting, Seat

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_the_meetings_of_the_demonstration_are_held_and_followed_up(db, home, frozen):
    people.make(at=AT)
    made = demo.make(at=AT)
    again = demo.make(at=AT)

    with reading(Reader.system()):
        following, held = Meeting.objects.all()
        seats = Seat.objects.filter(meeting=held.key)
        stands = {
            state.standing(one, on=following.on)[0] for one in queries.former(Reader.system(), following)
        }
        assert (made, again) == (2, 0)
        assert (held.on, held.state, following.on, following.state) == (
            date(2019, 10, 31), "closed", date(2020, 1, 30), "called",
        )  # fmt: skip
        assert held.report == frozen.name
        assert seats.count() >= 25 and not seats.filter(came="").exists()
        assert Decision.objects.count() == len(held.told["decisions"]) == 5
        assert stands == {"done", "done_late", "overdue", "open"}
