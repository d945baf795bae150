# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Compares what does not depend on the load of the machine with benchmarks/budgets.json: instructions, allocations, code sizes,
and the memory that compilers need."""
import json
import pathlib
import re
import subprocess

FILE = pathlib.Path(__file__).resolve().parent / "budgets.json"
# A figure may grow by this part before the check fails.
TOLERANCE = 0.02


def environment():
    """What the figures depend on besides the code."""
    compiler = subprocess.run(["g++", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[0]
    flags = re.search(r"^flags\s*:(.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    features = sorted(set(flags[1].split()) & {"sse2", "ssse3", "sse4_2", "avx2", "bmi2", "avx512f", "sha_ni"}) if flags else []
    return {"compiler": compiler, "processor": features}


def measure(run):
    """All figures by name. `run` is the namespace of benchmarks/run."""
    figures = {}
    run["build_parley_alone"]()
    counts = run["count_instructions"]()
    for subject in run["measure_run"]():
        if not subject["library"].startswith("parley") and subject["group"] in ("decode", "encode"):
            continue
        name = f"{subject['group']} {subject['payload']} {subject['library']}".replace("  ", " ")
        figures[f"instructions: {name}"] = round(counts[subject["library"], subject["group"], subject["payload"]])
        figures[f"allocations: {name}"] = subject["allocations"]
    sizes = run["code_sizes"](["-O2"])
    for name, size in sizes.items():
        figures[f"bytes of code: {name}"] = round(size)
    units = run["compile_units"]()
    for name in ("one operation", "all 18 operations", "implementation of json.hpp", "implementation of parley.hpp"):
        figures[f"megabytes to compile: {name}"] = round(run["memory_to_compile"]("g++ -O2", units[name]))
    return figures


def compare(figures):
    """Prints each figure that is worse than its budget, or not recorded. Returns whether there is none."""
    recorded = json.loads(FILE.read_text())
    here = environment()
    if here["compiler"] != recorded["environment"]["compiler"]:
        print(f"skipped: the budgets are for {recorded['environment']['compiler']}, not for {here['compiler']}")
        return True
    good = True
    for name, figure in figures.items():
        budget = recorded["figures"].get(name)
        if budget is None:
            print(f"no budget: {name}: {figure}")
            good = False
        elif figure > budget * (1 + TOLERANCE) and figure > budget + 1:
            print(f"over budget: {name}: {figure}, budget {budget} ({figure / budget - 1:+.1%})")
            good = False
    for name in sorted(recorded["figures"].keys() - figures.keys()):
        print(f"not measured: {name}")
        good = False
    better = [name for name, figure in figures.items() if figure < recorded["figures"].get(name, 0) * (1 - TOLERANCE)]
    if better:
        print(f"{len(better)} figures are better than their budgets by 2 %: lower them with --record-budgets")
    print(f"budgets: {len(figures)} figures, {'all kept' if good else 'some exceeded'}")
    return good


def record(figures):
    FILE.write_text(json.dumps({"environment": environment(), "figures": figures}, indent=1) + "\n")
