# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Generates descriptions of services from Smithy models.

    model      loads and checks the JSON AST, and expands mixins, apply statements and Smithy 1.0
    traits     checks the values of traits
    service    a service: its operations, shapes and errors, and their C++ names
    names      converts names to C++ names
    jmespath   checks expressions of waiters and endpoint parameters
    patterns   asks the library which regular expressions it supports
    members    types, defaults and traits of members
    order      the order of definitions
    layout     breaks lines at 128 columns, writes literals
    render     writes the header
"""
