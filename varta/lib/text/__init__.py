"""Ukrainian text: comparing, sorting, transliterating and searching it as its readers expect."""

from varta.lib.text.folding import fold, fold_loosely, skeleton, skeleton_with_doubles
from varta.lib.text.grams import grams, similarity
from varta.lib.text.layout import swap_layout
from varta.lib.text.slips import nearness
from varta.lib.text.sorting import sort_key
from varta.lib.text.translit import from_latin, from_russian, transliterate
from varta.lib.text.variants import Variant, variants

__all__ = [
    "Variant",
    "fold",
    "fold_loosely",
    "from_latin",
    "from_russian",
    "grams",
    "nearness",
    "similarity",
    "skeleton",
    "skeleton_with_doubles",
    "sort_key",
    "swap_layout",
    "transliterate",
    "variants",
]
