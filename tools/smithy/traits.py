# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Checks the values of traits. Traits that are not listed may have any value."""
import re


def a(name):
    """Returns the name with its article: "a list", "an enum"."""
    return f"{'an' if name[:1] in 'aeio' else 'a'} {name}"


def _inside(name, problem):
    """Returns the problem of a part of a value. It begins with a JSON Pointer to the part: /min is not a number."""
    return f"/{name}{'' if problem.startswith('/') else ' '}{problem}"


def text(value):
    return None if isinstance(value, str) else "is not a string"


def filled_text(value):
    return None if isinstance(value, str) and value else "is not a non-empty string"


def boolean(value):
    return None if isinstance(value, bool) else "is not a boolean"


def number(value):
    return None if isinstance(value, (int, float)) and not isinstance(value, bool) else "is not a number"


def integer(value):
    return None if isinstance(value, int) and not isinstance(value, bool) else "is not an integer"


def count(value):
    return integer(value) or (None if value >= 0 else "is negative")


def anything(value):
    return None


def one_of(*choices):
    return lambda value: None if value in choices else "is not one of " + ", ".join(choices)


def matching(expression, kind):
    return lambda value: None if isinstance(value, str) and re.fullmatch(expression, value) else f"is not {a(kind)}"


def within(low, high):
    return lambda value: integer(value) or (None if low <= value <= high else f"is not between {low} and {high}")


def list_of(form):
    def check(value):
        if not isinstance(value, list):
            return "is not a list"
        return next((_inside(i, problem) for i, item in enumerate(value) if (problem := form(item))), None)
    return check


def structure(needed=None, **optional):
    needed = needed or {}

    def check(value):
        if not isinstance(value, dict):
            return "is not an object"
        for name in needed:
            if name not in value:
                return f"has no {name}"
        for name, form in (needed | optional).items():
            if name in value and (problem := form(value[name])):
                return _inside(name, problem)
        return None
    return check


annotation = structure()


def bounds(form):
    def check(value):
        if problem := structure(min=form, max=form)(value):
            return problem
        if "min" not in value and "max" not in value:
            return "has neither min nor max"
        if "min" in value and "max" in value and value["min"] > value["max"]:
            return "has a min greater than its max"
        return None
    return check


def enumeration(value):
    if value == []:
        return "has no values"
    return list_of(structure({"value": text}, name=matching(r"[A-Za-z_][A-Za-z0-9_]*", "name")))(value)


def map_of(key, form):
    def check(value):
        if not isinstance(value, dict):
            return "is not an object"
        for name, item in value.items():
            if problem := key(name):
                return f"has the key {name!r}, which {problem}"
            if problem := form(item):
                return _inside(name, problem)
        return None
    return check


identifier = matching(r"[A-Za-z_][A-Za-z0-9_]*", "name")


# https://smithy.io/2.0/additional-specs/waiters.html
def matcher(value):
    if not isinstance(value, dict) or len(value) != 1:
        return "is not an object with one member"
    path_matcher = structure({"path": filled_text, "expected": text, "comparator": one_of(
        "stringEquals", "booleanEquals", "allStringEquals", "anyStringEquals")})
    forms = {"output": path_matcher, "inputOutput": path_matcher, "success": boolean, "errorType": filled_text}
    name, argument = next(iter(value.items()))
    if name not in forms:
        return f"has the unknown matcher {name}"
    problem = forms[name](argument)
    return _inside(name, problem) if problem else None


def waiter(value):
    acceptor = structure({"state": one_of("success", "failure", "retry"), "matcher": matcher})
    if problem := structure({"acceptors": list_of(acceptor)}, minDelay=within(1, 2**31 - 1), maxDelay=within(1, 2**31 - 1))(value):
        return problem
    if value.get("minDelay", 2) > value.get("maxDelay", 120):
        return "has a minDelay greater than its maxDelay"
    return None


# https://smithy.io/2.0/additional-specs/rules-engine/specification.html
def rule_set(value):
    rule = structure({"type": one_of("endpoint", "error", "tree"), "conditions": list_of(structure({"fn": text}))})
    parameter = structure({"type": one_of("string", "String", "boolean", "Boolean", "stringArray", "StringArray")})
    return structure({"version": matching(r"1\.\d+", "supported version"), "parameters": map_of(identifier, parameter),
                      "rules": list_of(rule)})(value)


def static_parameter(value):
    def is_strings(value):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return structure({"value": lambda v: None if isinstance(v, (str, bool)) or is_strings(v) else "is not a string, a boolean or a list of strings"})(value)


def uri(value):
    """The path may end with constant query parameters. A label stands alone between slashes."""
    if problem := text(value):
        return problem
    path, _, query = value.partition("?")
    if not re.fullmatch(r"/(?:[^{}\s#?]|\{[A-Za-z_][A-Za-z0-9_]*\+?\})*", path):
        return "is not a path such as /a/{label}"
    if not re.fullmatch(r"[^{}\s#]*", query):
        return "has a query that is not constant"
    return None


TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]"  # RFC 9110, section 5.6.2

FORMS = {
    "aws.api#service": structure({"sdkId": matching(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)*", "name")}, endpointPrefix=text),
    "aws.auth#sigv4": structure({"name": filled_text}),
    "aws.protocols#awsJson1_0": structure(),
    "aws.protocols#awsJson1_1": structure(),
    "aws.protocols#awsQueryCompatible": annotation,
    "aws.protocols#awsQueryError": structure({"code": filled_text}),
    "aws.protocols#httpChecksum": structure(requestChecksumRequired=boolean),
    "aws.protocols#restJson1": structure(),
    "smithy.api#box": annotation,
    "smithy.api#clientOptional": annotation,
    "smithy.api#default": anything,  # model.py compares it with the target
    "smithy.api#endpoint": structure({"hostPrefix": filled_text}),
    "smithy.api#enum": enumeration,
    "smithy.api#enumValue": lambda value: integer(value) and text(value) and "is neither a string nor an integer",
    "smithy.api#error": one_of("client", "server"),
    "smithy.api#hostLabel": annotation,
    "smithy.api#http": structure({"method": matching("[A-Z]+", "method in capital letters"), "uri": uri}, code=within(100, 599)),
    "smithy.api#httpChecksumRequired": annotation,
    "smithy.api#httpError": within(300, 599),
    "smithy.api#httpHeader": matching(TOKEN + "+", "header name"),
    "smithy.api#httpLabel": annotation,
    "smithy.api#httpPayload": annotation,
    "smithy.api#httpPrefixHeaders": matching(TOKEN + "*", "header name prefix"),
    "smithy.api#httpQuery": filled_text,
    "smithy.api#httpQueryParams": annotation,
    "smithy.api#httpResponseCode": annotation,
    "smithy.api#idempotencyToken": annotation,
    "smithy.api#idempotent": annotation,
    "smithy.api#input": annotation,
    "smithy.api#jsonName": filled_text,
    "smithy.api#length": bounds(count),
    "smithy.api#mediaType": filled_text,
    "smithy.api#mixin": structure(localTraits=list_of(text)),
    "smithy.api#paginated": structure(inputToken=filled_text, outputToken=filled_text, items=filled_text, pageSize=filled_text),
    "smithy.api#pattern": text,
    "smithy.api#range": bounds(number),
    "smithy.api#readonly": annotation,
    "smithy.api#requestCompression": structure({"encodings": list_of(text)}),
    "smithy.api#required": annotation,
    "smithy.api#retryable": structure(throttling=boolean),
    "smithy.api#sensitive": annotation,
    "smithy.api#sparse": annotation,
    "smithy.api#streaming": annotation,
    "smithy.api#timestampFormat": one_of("date-time", "http-date", "epoch-seconds"),
    "smithy.api#uniqueItems": annotation,
    "smithy.rules#contextParam": structure({"name": identifier}),
    "smithy.rules#endpointRuleSet": rule_set,
    "smithy.rules#operationContextParams": map_of(identifier, structure({"path": filled_text})),
    "smithy.rules#staticContextParams": map_of(identifier, static_parameter),
    "smithy.waiters#waitable": map_of(identifier, waiter),
}


def problem(trait, value):
    """Returns what is wrong with the value of a trait, or None. `trait` is a shape id."""
    form = FORMS.get(trait)
    wrong = form(value) if form else None
    if not wrong:
        return None
    return f"the trait {trait.removeprefix('smithy.api#')}{': ' if wrong.startswith('/') else ' '}{wrong}"
