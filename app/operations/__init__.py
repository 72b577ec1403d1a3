"""What the office does: each public function is one transaction (exceptions in docs/decisions)."""
