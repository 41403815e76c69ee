"""Planning: travel times, which crew to send, and simulation of what a policy would have done.

Nothing here decides: `recommend` says what it would do and why, and the duty officer sends.
"""

from varta.planning.demand import Demand
from varta.planning.dispatch import plan, recommend
from varta.planning.forces import Crew, Incident, State
from varta.planning.onscene import ON_SCENE, OnScene
from varta.planning.recommendation import Option, Recommendation
from varta.planning.reliefs import Relief, reliefs
from varta.planning.settings import Settings
from varta.planning.travel import GreatCircle, Times, TravelTimes

__all__ = [
    "ON_SCENE",
    "Crew",
    "Demand",
    "GreatCircle",
    "Incident",
    "OnScene",
    "Option",
    "Recommendation",
    "Relief",
    "Settings",
    "State",
    "Times",
    "TravelTimes",
    "plan",
    "recommend",
    "reliefs",
]
