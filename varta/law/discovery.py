"""Finding the procedures: one file each, no list to edit."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from varta.law import faults
from varta.law.errors import ProcedureInvalid
from varta.law.procedure import Procedure
from varta.law.records import prepare


@cache
def discover(package: str = "varta.procedures") -> Mapping[str, Procedure]:
    """Return the procedures of a package by their codes, in the order of the codes.

    Each file holds one `procedure`. Raises ProcedureInvalid, with all its faults, for one that cannot
    be used as it is written.
    """
    found: dict[str, Procedure] = {}
    for module in sorted(pkgutil.iter_modules(importlib.import_module(package).__path__)):
        if module.ispkg or module.name.startswith("_"):
            continue
        procedure = _read(f"{package}.{module.name}")
        if procedure.code in found:
            raise ProcedureInvalid(f"Two files hold a procedure “{procedure.code}”: give one another code.")
        found[procedure.code] = procedure
    return MappingProxyType(dict(sorted(found.items())))


def _read(module: str) -> Procedure:
    procedure = getattr(importlib.import_module(module), "procedure", None)
    if not isinstance(procedure, Procedure):
        raise ProcedureInvalid(f"The file {module} holds no `procedure = Procedure(...)`.")
    faults.refuse(procedure.code, faults.of_completeness(procedure))
    for step in procedure.steps:
        prepare(step.record)
    return procedure
