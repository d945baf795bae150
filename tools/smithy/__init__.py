# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Descriptions of services from Smithy models.

    model      loads the JSON AST, checks it, and takes away what only abbreviates: mixins, apply, Smithy 1.0
    traits     what form the value of each trait has
    service    one service: its operations, shapes and errors, and the names that they get in C++
    names      what cannot be a name in C++
    jmespath   paths of waiters and endpoint parameters
    patterns   which regular expressions parley compiles
    layout     lines of 128 columns, literals
    render     the header
"""
