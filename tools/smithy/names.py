# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Converts names of a model to C++ names. parley drops one trailing underscore on the wire, so a name that C++ reserves gets one and
needs no trait; `on_the_wire` returns the wire name of a C++ name."""
import pathlib
import re

from .model import made_name


def _read_taken():
    words, section = {}, None
    for line in (pathlib.Path(__file__).parent / "taken_names.txt").read_text("ascii").splitlines():
        if line.startswith("["):
            section = words.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            section.update(line.split())
    return words


_TAKEN = _read_taken()
_NEVER = _TAKEN["keywords"] | _TAKEN["macros"] | {"std", "parley", "boost"}
_NEVER_GLOBAL = _NEVER | _TAKEN["globals"] | {"doctest"}


def is_identifier(text):
    """Returns whether `text` is an identifier that is not reserved in all scopes. It may need a trailing underscore."""
    return re.fullmatch(r"(?!_[A-Z])[A-Za-z_]\w*", text, re.ASCII) is not None and "__" not in text


def cpp_name(name):
    """Returns `name`, or the nearest valid C++ name."""
    if not is_identifier(name):
        name = made_name(name)
    return name + "_" if name in _NEVER else name


def on_the_wire(name):
    return name[:-1] if len(name) > 1 and name.endswith("_") else name


def unique(name, taken):
    """Returns `name`, with a number if it is in `taken`. Adds the result to `taken`."""
    result, number = name, 1
    while result in taken:
        number += 1
        result = f"{name.rstrip('_')}_{number}"
    taken.add(result)
    return result


def with_underscore(name, taken):
    """Returns `name`, with an underscore if it is in `taken`. Adds the result to `taken`."""
    return unique(name + "_" if name in taken and not name.endswith("_") else name, taken)


def namespace_name(sdk_id=None, shape_name=""):
    """Returns a namespace for an SDK id ("Medical Imaging": medical_imaging) or, without one, for a shape name (MedicalImaging:
    medical_imaging)."""
    text = sdk_id or re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", shape_name)
    name = re.sub(r"[\W_]+", "_", text.lower(), flags=re.ASCII).strip("_")
    return name + "_" if name in _NEVER_GLOBAL else name


def service_name(text):
    """Returns the struct name for an SDK id ("Medical Imaging": MedicalImaging)."""
    return "".join(word[0].upper() + word[1:] for word in text.split())
