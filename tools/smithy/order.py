# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Orders the definitions of structures and unions and finds the members that need a box because they close a cycle."""
from .model import ModelError


def arrange(service):
    """Returns the ids of the structures and unions of a service, each after those that it contains, and the ids of the members
    that need a box. The items of lists and maps come first, too, if possible; they need not be complete types."""
    shapes = {id: shape for id, shape in service.shapes.items() if shape.type in ("structure", "union")}
    required, optional, listed = [], [], []
    for id, shape in shapes.items():
        for member in shape.members.values():
            target = service.model.target(member)
            if target.id in shapes:
                is_required = shape.type == "structure" and service.presence(shape, member) == "required"
                (required if is_required else optional).append((id, target.id, member))
            else:
                held = leaf(service.model, target).id
                listed += [(id, held, member)] if held in shapes else []
    graph = _Graph(shapes)
    graph.core = _core(shapes, required + optional + listed)
    for id, target, member in required:
        if not graph.add(id, target):
            raise ModelError(f"{member.id}: closes a cycle of required members, so no value is finite")
    boxed = {member.id for id, target, member in optional if not graph.add(id, target)}
    for id, target, _ in listed:
        graph.add(id, target)
    return graph.sorted(), boxed


def leaf(model, shape):
    """Returns the shape of the innermost items of nested lists and maps."""
    while shape.type in ("list", "map"):
        shape = model.target(shape.members["member" if shape.type == "list" else "value"])
    return shape


def _core(nodes, edges):
    """Returns the nodes that can be in a cycle: nodes without incoming or without outgoing edges are removed repeatedly."""
    after, before = {id: set() for id in nodes}, {id: set() for id in nodes}
    for id, target, _ in edges:
        after[id].add(target)
        before[target].add(id)
    core, ends = set(nodes), [id for id in nodes if not after[id] or not before[id]]
    while ends:
        id = ends.pop()
        if id not in core:
            continue
        core.remove(id)
        for near, back in ((before[id], after), (after[id], before)):
            for other in near:
                back[other].discard(id)
                if not back[other]:
                    ends.append(other)
    return core


class _Graph:
    """A graph without cycles."""

    def __init__(self, nodes):
        self.after = {id: [] for id in nodes}
        self.core = set(nodes)

    def add(self, id, target):
        """Adds an edge unless it would close a cycle. Returns whether it was added."""
        if id == target or id in self.core and target in self.core and self.reaches(target, id):
            return False
        self.after[id].append(target)
        return True

    def reaches(self, start, goal):
        seen, pending = {start}, [start]
        while pending:
            for other in self.after[pending.pop()]:
                if other == goal:
                    return True
                if other in self.core and other not in seen:
                    seen.add(other)
                    pending.append(other)
        return False

    def sorted(self):
        done, result = set(), []
        for start in self.after:
            pending = [(start, iter(self.after[start]))] if start not in done else []
            done.add(start)
            while pending:
                id, rest = pending[-1]
                other = next((other for other in rest if other not in done), None)
                if other is None:
                    result.append(id)
                    pending.pop()
                else:
                    done.add(other)
                    pending.append((other, iter(self.after[other])))
        return result
