"""What a resident adds to a matter of the own: more words while it is open, two answers after the end."""

from dataclasses import dataclass

from varta.law import Choices, Law, asked

TRUST = Law("580-VIII", "11", "https://zakon.rada.gov.ua/laws/show/580-19")

FELT = Choices(
    yes=("так", "yes"),
    partly=("частково", "partly"),
    no=("ні", "no"),
)


@dataclass(frozen=True)
class Information:
    """What became known later, in the words of whoever reported."""

    text: str = asked("Що стало відомо", "What became known", long=True)


@dataclass(frozen=True)
class Feedback:
    """What the resident answered after the end: two questions, no more."""

    satisfied: str = asked(
        "Чи задоволені Ви відповіддю поліції", "Are you satisfied with the response", choices=FELT
    )
    treated_well: str = asked("Чи з Вами говорили з повагою", "Were you treated with respect", choices=FELT)
