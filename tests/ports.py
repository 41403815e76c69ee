"""Ports that nobody listens on, as the system gives them: two runs at once never agree on one."""

import socket

HOST = "127.0.0.1"


def unused(count: int = 1) -> list[int]:
    """Return so many ports of the loopback address, all different."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind((HOST, 0))
        return [int(one.getsockname()[1]) for one in held]
    finally:
        for one in held:
            one.close()
