"""People of the oblasts on 1 January 2022, so that rates can be told before a fuller file is loaded."""

from datetime import date

from django.db import transaction

from varta.places import bulk
from varta.places.models import Territory

DAY = date(2022, 1, 1)
SOURCE = "State Statistics Service of Ukraine, 01.01.2022, sum of hromadas"

# The key is the second pair of characters of a КАТОТТГ code, as in oblasts.py. Kyiv comes from GeoNames;
# Crimea and Sevastopol are not counted there.
PEOPLE = {
    "05": 1_509_515, "07": 1_021_356, "12": 3_096_485, "14": 4_059_372, "18": 1_179_032, "21": 1_244_476,
    "23": 1_638_462, "26": 1_351_822, "32": 1_795_079, "35": 903_712, "44": 2_102_921, "46": 2_478_133,
    "48": 1_091_821, "51": 2_351_392, "53": 1_352_283, "56": 1_141_784, "59": 1_035_772, "61": 1_021_713,
    "63": 2_598_961, "65": 1_001_598, "68": 1_228_829, "71": 1_160_744, "73": 890_457, "74": 959_315,
}  # fmt: skip


@transaction.atomic
def fill() -> int:
    """Give oblasts of Ukraine the population that they lack; what another source has said stays."""
    lacking = Territory.objects.filter(level=Territory.OBLAST, population=None, code__startswith="UA")
    columns = ("code", "population", "population_on", "population_source")
    codes = [code for code in lacking.values_list("code", flat=True) if code[2:4] in PEOPLE]
    rows = [(code, PEOPLE[code[2:4]], DAY, SOURCE) for code in codes]
    return bulk.update_from(Territory, columns, rows)
