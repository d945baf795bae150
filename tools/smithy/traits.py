# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""The form that the value of a trait has. Traits that are not listed may have any value."""
import re


def text(value):
    return None if isinstance(value, str) else "is no text"


def filled_text(value):
    return None if isinstance(value, str) and value else "is no text, or an empty one"


def boolean(value):
    return None if isinstance(value, bool) else "is neither true nor false"


def number(value):
    return None if isinstance(value, (int, float)) and not isinstance(value, bool) else "is no number"


def integer(value):
    return None if isinstance(value, int) and not isinstance(value, bool) else "is no integer"


def count(value):
    return integer(value) or (None if value >= 0 else "is negative")


def anything(value):
    return None


def one_of(*choices):
    return lambda value: None if value in choices else "is none of " + ", ".join(choices)


def matching(expression, what):
    return lambda value: None if isinstance(value, str) and re.fullmatch(expression, value) else f"is no {what}"


def within(low, high):
    return lambda value: integer(value) or (None if low <= value <= high else f"is not within {low} and {high}")


def list_of(form):
    def check(value):
        if not isinstance(value, list):
            return "is no list"
        return next((f"has an item that {problem}" for item in value if (problem := form(item))), None)
    return check


def structure(needed=None, **optional):
    needed = needed or {}

    def check(value):
        if not isinstance(value, dict):
            return "is no object"
        for name in needed:
            if name not in value:
                return f"has no {name}"
        for name, form in (needed | optional).items():
            if name in value and (problem := form(value[name])):
                return f"has a {name} that {problem}"
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
            return "has a min above its max"
        return None
    return check


def enumeration(value):
    if value == []:
        return "has no values"
    return list_of(structure({"value": text}, name=matching(r"[A-Za-z_][A-Za-z0-9_]*", "name")))(value)


def uri(value):
    """The path may end with fixed query parameters; a label stands alone between slashes."""
    if problem := text(value):
        return problem
    path, _, query = value.partition("?")
    if not re.fullmatch(r"/(?:[^{}\s#?]|\{[A-Za-z_][A-Za-z0-9_]*\+?\})*", path):
        return "is no path of texts and labels: /a/{label}"
    if not re.fullmatch(r"[^{}\s#]*", query):
        return "has a query that is not fixed"
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
    "smithy.api#enumValue": lambda value: integer(value) and text(value) and "is neither a text nor an integer",
    "smithy.api#error": one_of("client", "server"),
    "smithy.api#hostLabel": annotation,
    "smithy.api#http": structure({"method": matching("[A-Z]+", "method in capitals"), "uri": uri}, code=within(100, 599)),
    "smithy.api#httpChecksumRequired": annotation,
    "smithy.api#httpError": within(300, 599),
    "smithy.api#httpHeader": matching(TOKEN + "+", "name of a header"),
    "smithy.api#httpLabel": annotation,
    "smithy.api#httpPayload": annotation,
    "smithy.api#httpPrefixHeaders": matching(TOKEN + "*", "prefix of the names of headers"),
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
}


def problem(trait, value):
    """What is wrong with the value of the trait of that shape id, or None."""
    form = FORMS.get(trait)
    wrong = form(value) if form else None
    return f"the trait {trait.removeprefix('smithy.api#')} {wrong}" if wrong else None
