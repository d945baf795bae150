# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Asks the library which patterns it supports.

    unsupported(["^[a-z]+$", "(a)\\1"])   # {"(a)\\1": "back references are not supported"}

The judge is the pattern compiler of include/parley/pattern, in the program check_patterns.cpp. It is compiled on first use with
$CXX or else c++, g++ or clang++, and kept in build/ of the project if that can be written.
"""
import os
import pathlib
import shutil
import subprocess
import tempfile

from .model import ModelError

_ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
_SOURCE = pathlib.Path(__file__).resolve().with_name("check_patterns.cpp")
_INCLUDE = _ROOT / "include"


def unsupported(texts):
    """Returns the reasons why patterns are not supported, by pattern. Raises ModelError if they cannot be checked."""
    reasons = {text: "it contains a lone surrogate" for text in texts if any(0xd800 <= ord(c) < 0xe000 for c in text)}
    valid = [text for text in dict.fromkeys(texts) if text not in reasons]
    if not valid:
        return reasons
    with tempfile.TemporaryDirectory() as folder:
        program = _program(pathlib.Path(folder))
        input = b"".join(b"%d\n%s" % (len(data), data) for data in (text.encode() for text in valid))
        try:
            done = subprocess.run([program], input=input, capture_output=True)
        except OSError as error:
            raise ModelError(f"cannot check patterns: {program}: {error.strerror}") from None
    lines = done.stdout.decode().split("\n")[:-1]
    if done.returncode != 0 or len(lines) != len(valid):
        raise ModelError(f"cannot check patterns: {_SOURCE.name} fails with exit status {done.returncode}")
    reasons.update((text, line.removeprefix("parley::pattern: ")) for text, line in zip(valid, lines) if line)
    return reasons


def _program(folder):
    """Returns the path of the compiled program, up to date. Without a build folder it is in `folder`."""
    build = _ROOT / "build"
    try:
        build.mkdir(exist_ok=True)
        kept = build / "check_patterns"
        if kept.exists() and kept.stat().st_mtime > _newest_source():
            return kept
        with tempfile.TemporaryDirectory(dir=build) as own:
            compiled = _compile(pathlib.Path(own))
            os.replace(compiled, kept)  # atomic: generators may run at the same time
        return kept
    except OSError:
        return _compile(folder)


def _newest_source():
    headers = [*(_INCLUDE / "parley/pattern").rglob("*.?pp"), *(_INCLUDE / "parley/core").rglob("*.?pp")]
    return max(path.stat().st_mtime for path in [_SOURCE, *headers])


def _compile(folder):
    compiler = os.environ.get("CXX") or next(filter(shutil.which, ("c++", "g++", "clang++")), None)
    if not compiler:
        raise ModelError("cannot check patterns: no C++ compiler found; set CXX")
    program = folder / "check_patterns"
    try:
        done = subprocess.run([*compiler.split(), "-std=c++20", f"-I{_INCLUDE}", _SOURCE, "-o", program],
                              capture_output=True, text=True)
    except OSError:
        raise ModelError(f"cannot check patterns: {compiler} cannot be run; set CXX") from None
    if done.returncode:
        raise ModelError(f"cannot check patterns: {compiler} cannot compile {_SOURCE.name}", *done.stderr.splitlines()[:10])
    return program
