"""Varta, the open information system of community policing."""

__version__ = "0.1.0"
