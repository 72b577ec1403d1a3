"""Somebody asks from an address: the acts of this thread are recorded with it until he is answered."""

from app.store.whence import came_from

__all__ = ["came_from"]
