"""The Django application in which viewflow looks for the three-task flow; never imported by the office."""
