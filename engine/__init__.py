"""The case engine: pure functions over immutable values.

A case is moved by `engine.case`; diagrams are executed in `engine.bpmn`;
legal time is computed in `engine.clocks`.  Nothing here reads a clock on the
wall, a database or a web request: the present is always the argument `at`.
"""
