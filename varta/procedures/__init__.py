"""Procedures, one file each; `varta.law.discover()` finds them."""
