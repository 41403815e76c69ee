"""The callers of `bench.load`: sends calls at the moments at which they are due, whatever becomes of the others.

A latency begins when the call was due, not when it was sent: a server that stands still for a second
makes every caller of that second wait, and all of them are counted (open loop, no coordinated omission).
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from varta.lib.clock import KYIV
from varta.lib.uuid7 import uuid7

ATTEMPTS = 3  # a sender repeats what was not answered, under the same key
TWICE = 50  # each so manieth call is sent twice on purpose, as an impatient finger does


class Desk:
    """An officer's browser: a session, a form's token, connections that stay open."""

    def __init__(self, plan: dict[str, Any], account: dict[str, Any]) -> None:
        cookies = {"sessionid": account["session"]} if plan["signed_in"] else {}
        limits = httpx.Limits(max_connections=20, max_keepalive_connections=20, keepalive_expiry=60)
        self.client = httpx.AsyncClient(base_url=plan["address"], cookies=cookies, timeout=30, limits=limits)
        self.plan, self.token = plan, ""

    async def open(self) -> None:
        """Open the form, as an officer does before the first call."""
        if self.plan["signed_in"]:
            answer = await self.client.get(self.plan["path"])
            answer.raise_for_status()
            self.token = answer.cookies.get("csrftoken") or self.client.cookies["csrftoken"]

    async def send(self, fields: dict[str, str]) -> int:
        """Send the form and return the status."""
        headers = {"Accept": self.plan["accept"]}
        data = fields | {"csrfmiddlewaretoken": self.token}
        answer = await self.client.post(self.plan["path"], data=data, headers=headers)
        return answer.status_code


async def run(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Send all calls of the plan and return what became of each."""
    desks = [Desk(plan, account) for account in plan["accounts"]]
    await asyncio.gather(*(desk.open() for desk in desks))
    begin = time.monotonic() + 1
    tasks = []
    for nth, call in enumerate(plan["calls"]):
        due = begin + nth / plan["rate"]
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        tasks.append(asyncio.create_task(_send(desks[call["officer"]], call, due, twice=nth % TWICE == 0)))
    return list(await asyncio.gather(*tasks))


async def _send(desk: Desk, call: dict[str, Any], due: float, *, twice: bool) -> dict[str, Any]:
    key = str(uuid7(datetime.now(UTC)))
    fields = fields_of(desk.plan["form"], call, key)
    told = {"key": key, "spot": call["spot"], "due": due, "sent": time.monotonic(), "statuses": []}
    for attempt in range(ATTEMPTS):
        if attempt:
            await asyncio.sleep(1)
        told["statuses"].append(await _answered(desk, fields))
        if told["statuses"][-1] in (201, 302):
            break
    told["done"] = time.monotonic()
    if twice and desk.plan["signed_in"]:
        told["again"] = await _answered(desk, fields)
    return told


async def _answered(desk: Desk, fields: dict[str, str]) -> int:
    try:
        return await desk.send(fields)
    except httpx.HTTPError:
        return 0


def fields_of(form: str, call: dict[str, Any], key: str) -> dict[str, str]:
    """Return the fields of a form for a call: "desk" is the screen of intake, "generic" the page of any procedure."""
    spot = call["spot"]
    if form == "plain":
        kept = {name: call[name] for name in ("category", "kind", "about", "surname", "phone")}
        return {"key": key, "place": spot["place"], "unit": spot["unit"]} | kept
    if (
        form == "desk"
    ):  # the screen of intake, as its script sends it: what can be proposed is left to be proposed
        return {
            "key": key,
            "at": datetime.now(KYIV).strftime("%Y-%m-%dT%H:%M"),
            "channel": "line_102",
            "phone": call["phone"],
            "name": call["surname"],
            "place": spot["place_name"],
            "place_code": spot["place"],
            "unit_code": spot["unit"],
            "about": call["about"],
            "kind": call["kind"],
            "category": "",
            "zone": "",
            "part": "caller",
        }
    return {
        "key": key,
        "at": datetime.now(KYIV).strftime("%Y-%m-%dT%H:%M"),
        "place": spot["place_name"],
        "place_code": spot["place"],
        "unit": spot["unit_name"],
        "unit_code": spot["unit"],
        "surname": call["surname"],
        "phone": call["phone"],
        "part": "caller",
        "r-channel": "line_102",
        "r-category": call["category"],
        "r-kind": call["kind"],
        "r-zone": "city",
        "r-about": call["about"],
    }


def main() -> None:
    """Do what the plan says."""
    plan = json.loads(Path(sys.argv[1]).read_text())
    Path(sys.argv[2]).write_text(json.dumps(asyncio.run(run(plan))))
