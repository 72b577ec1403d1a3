"""What differs between two versions of a release, file by file, as plain values that a page can say in words."""

from engine.differences.files import FileChange, carried, compare, places
from engine.differences.office import Office
from engine.differences.values import ADDED, CHANGED, MOVED, REMOVED, Change

__all__ = ["ADDED", "CHANGED", "MOVED", "REMOVED", "Change", "FileChange", "Office", "carried", "compare", "places"]
