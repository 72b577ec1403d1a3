"""The demonstration office: three months of cases made by the real operations at handed times."""

from app.operations.demo.loading import holds_real_accounts, is_complete, is_loaded, load
from app.operations.demo.staff import accounts

__all__ = ["accounts", "holds_real_accounts", "is_complete", "is_loaded", "load"]
