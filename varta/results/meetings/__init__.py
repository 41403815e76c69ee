"""Meetings on results: agenda from a frozen report, invited units, minutes, decisions and what became of them."""
