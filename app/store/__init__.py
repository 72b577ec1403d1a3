"""Everything kept: the only room that speaks SQL."""

from app.store.transactions import DatabaseFault, Store, Unavailable, transaction, unreachable

__all__ = ["DatabaseFault", "Store", "Unavailable", "transaction", "unreachable"]
