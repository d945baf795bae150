# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Names of a model as names in C++. On the wire parley drops one trailing underscore, so a name that C++ does not allow gets
one and nothing has to be said about it; `on_the_wire` tells what a name in C++ is there."""
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
    """True if `text` can be a name in C++, with a trailing underscore perhaps. Names that are reserved in all scopes are none."""
    return re.fullmatch(r"(?!_[A-Z])[A-Za-z_]\w*", text, re.ASCII) is not None and "__" not in text


def cpp_name(name):
    """`name`, or what comes nearest to it."""
    if not is_identifier(name):
        name = made_name(name)
    return name + "_" if name in _NEVER else name


def on_the_wire(name):
    return name[:-1] if len(name) > 1 and name.endswith("_") else name


def unique(name, taken):
    """`name`, with a number if it is in `taken`; adds it to `taken`."""
    result, number = name, 1
    while result in taken:
        number += 1
        result = f"{name.rstrip('_')}_{number}"
    taken.add(result)
    return result


def with_underscore(name, taken):
    """`name`, with an underscore if it is in `taken`; adds it to `taken`."""
    return unique(name + "_" if name in taken and not name.endswith("_") else name, taken)


def namespace_name(sdk_id=None, shape_name=""):
    """A namespace for the service that AWS calls "Medical Imaging" or "DynamoDB": medical_imaging, dynamodb; or else for the
    shape MedicalImaging: medical_imaging."""
    text = sdk_id or re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", shape_name)
    name = re.sub(r"[\W_]+", "_", text.lower(), flags=re.ASCII).strip("_")
    return name + "_" if name in _NEVER_GLOBAL else name


def service_name(text):
    """A struct for the service "Medical Imaging": MedicalImaging."""
    return "".join(word[0].upper() + word[1:] for word in text.split())
