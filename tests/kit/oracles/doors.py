"""Who is in at the door of an account."""

from __future__ import annotations

from threading import Thread

from proxymock.service.door import Door


def is_free(door: Door) -> bool:
    """Tell whether another thread could come in."""
    free = []

    def knock() -> None:
        free.append(door._lock.acquire(blocking=False))
        if free[0]:
            door._lock.release()

    thread = Thread(target=knock)
    thread.start()
    thread.join()
    return free[0]
