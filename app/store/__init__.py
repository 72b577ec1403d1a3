"""Everything kept: the only room that speaks SQL."""

from app.store.transactions import Store, Unavailable, transaction

__all__ = ["Store", "Unavailable", "transaction"]
