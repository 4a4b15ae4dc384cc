#!/usr/bin/env python3
"""Samples accepted claims with Arb (python-flint): a second oracle.

Reads the file written by the hostile suite with COPYAVG_ACCEPTED=FILE and
evaluates every claim about formulas at points of its domain in ball
arithmetic of 300 bits. A point at which a claim certainly fails, or at which a
side has no finite value, is reported, and the exit status is 1.

    COPYAVG_EFFORT=25 COPYAVG_ACCEPTED=/tmp/accepted cargo test --release \
        -p copyavg-checker --test hostile
    python3 checker/tests/oracle.py /tmp/accepted
"""

import re
import sys
from random import Random

from flint import arb, arb_series, ctx, fmpq

ctx.prec = 300
TOKEN = re.compile(r"\s*(\d[\w.]*(?:(?<=[eE])[+-]\d+)?|[A-Za-z_]\w*|>=|<=|[-+*/^(),<>=])")


class Unknown(Exception):
    """Not a claim that this script can sample."""


class Undefined(Exception):
    """No finite value."""


def decimal(text):
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, part = mantissa.partition(".")
    return fmpq(int(whole + part)) * fmpq(10) ** (int(exponent or 0) - len(part))


class Formula:
    """A formula, read into nested tuples."""

    def __init__(self, text):
        self.words, place = [], 0
        text = text.strip()
        while place < len(text):
            match = TOKEN.match(text, place)
            if not match:
                raise Unknown(text)
            self.words.append(match[1])
            place = match.end()
        self.words.append("")
        self.next = 0

    def eat(self, word):
        if self.words[self.next] == word:
            self.next += 1
            return True
        return False

    def need(self, word):
        if not self.eat(word):
            raise Unknown(word)

    def take(self):
        self.next += 1
        return self.words[self.next - 1]

    def sum(self):
        left = self.product()
        while self.words[self.next] in ("+", "-"):
            left = (self.take(), left, self.product())
        return left

    def product(self):
        left = self.signed()
        while self.words[self.next] in ("*", "/"):
            left = (self.take(), left, self.signed())
        return left

    def signed(self):
        if self.eat("-"):
            return ("neg", self.signed())
        base = self.primary()
        if not self.eat("^"):
            return base
        bracket = self.eat("(")
        sign = -1 if bracket and self.eat("-") else 1
        size = int(self.take())
        if bracket:
            self.need(")")
        return ("power", base, sign * size)

    def primary(self):
        if self.eat("("):
            inner = self.sum()
            self.need(")")
            return inner
        word = self.take()
        if word[:1].isdigit():
            return ("number", decimal(word))
        if word == "pi":
            return ("pi",)
        if not self.eat("("):
            return ("name", word)
        argument = self.sum()
        if word == "diff":
            self.need(",")
            variable = self.take()
            order = int(self.take()) if self.eat(",") else 1
            self.need(")")
            return ("diff", argument, variable, order)
        self.need(")")
        return (word, argument)


def series(tree, values, lets, seed):
    """Taylor coefficients in the variable of `seed` (name, order)."""
    order = seed[1] if seed else 0
    ctx.cap = order + 1
    kind = tree[0]
    go = lambda t: series(t, values, lets, seed)
    if kind == "number":
        return arb_series([arb(tree[1])])
    if kind == "pi":
        return arb_series([arb.pi()])
    if kind == "name":
        name = tree[1]
        if name in values:
            moves = 1 if seed and seed[0] == name else 0
            return arb_series([arb(values[name]), moves])
        if name in lets:
            return go(lets[name])
        raise Unknown(name)
    if kind == "neg":
        return -go(tree[1])
    if kind in "+-*/":
        left, right = go(tree[1]), go(tree[2])
        if kind == "+":
            return left + right
        if kind == "-":
            return left - right
        if kind == "*":
            return left * right
        if right[0].contains(0):
            raise Undefined
        return left / right
    if kind == "power":
        base = go(tree[1])
        if abs(tree[2]) > 200:
            raise Unknown("power")
        result = arb_series([1])
        for _ in range(abs(tree[2])):
            result = result * base
        if tree[2] < 0:
            if result[0].contains(0):
                raise Undefined
            result = arb_series([1]) / result
        return result
    if kind == "diff":
        if seed:
            raise Unknown("nested diff")
        coefficients = series(tree[1], values, lets, (tree[2], tree[3]))
        value = coefficients[tree[3]]
        for n in range(1, tree[3] + 1):
            value = value * n
        ctx.cap = 1
        return arb_series([value])
    u = go(tree[1])
    if kind == "sqrt":
        if u[0] < 0 or (order and u[0].contains(0)):
            raise Undefined
        return arb_series([arb(0)]) if u[0].contains(0) and not order else u.sqrt()
    if kind in ("asin", "acos"):
        if abs(u[0]) > 1 or (order and not abs(u[0]) < 1):
            raise Undefined
        value = u[0]
        if not abs(value) <= 1:
            raise Unknown("end")
        if order:
            return u.asin() if kind == "asin" else u.acos()
        return arb_series([value.asin() if kind == "asin" else value.acos()])
    if kind == "atan":
        return u.atan()
    raise Unknown(kind)


def rational(text):
    p, _, q = text.partition("/")
    return fmpq(int(p), int(q or 1))


def samples(text, random):
    """Rationals of a range."""
    if ".." in text:
        low, high = map(int, text.split(".."))
        return [low, high] + [random.randint(low, high) for _ in range(6)]
    low, high = text[1:-1].split(", ")
    a = None if "infinity" in low else rational(low)
    b = None if "infinity" in high else rational(high)
    points = []
    if text[0] == "[":
        points.append(a)
    if text[-1] == "]":
        points.append(b)
    for _ in range(16):
        t = fmpq(random.choice([1, random.randint(1, 10**6), 10**6]), 10**6 + 1)
        if a is not None and b is not None:
            points.append(a + (b - a) * t)
        elif a is not None:
            points.append(a + t / (1 - t))
        elif b is not None:
            points.append(b - t / (1 - t))
        else:
            points.append((2 * t - 1) / (t * (1 - t)))
    return points


def examine(block, random):
    ranges, lets, relation = {}, {}, None
    for line in block:
        word, _, rest = line.partition(" ")
        if word == "for":
            name, _, text = rest.partition(" in ")
            ranges[name] = samples(text, random)
        elif word == "let":
            name, _, text = rest.partition(" = ")
            lets[name] = Formula(text).sum()
        elif word in ("holds", "equation"):
            relation = rest
    if relation is None:
        return 0
    left, comparison, right = re.split(r"(>=|<=|>|<|=)", relation, maxsplit=1)
    left, right = Formula(left).sum(), Formula(right).sum()
    for _ in range(40):
        values = {name: random.choice(points) for name, points in ranges.items()}
        try:
            l, r = (series(side, values, lets, None)[0] for side in (left, right))
        except Undefined:
            raise AssertionError(f"undefined at {values}")
        failed = {
            ">": l <= r, "<": l >= r, ">=": l < r, "<=": l > r, "=": not l.overlaps(r),
        }[comparison]
        if failed:
            raise AssertionError(f"fails at {values}: {l} {comparison} {r}")
    return 40


def main():
    random = Random(1)
    claims, block = [], []
    for line in open(sys.argv[1], encoding="utf-8"):
        block.append(line.rstrip("\n"))
        if block[-1] == "end":
            claims.append(tuple(block))
            block = []
    distinct = sorted(set(claims))
    sampled = unknown = wrong = 0
    for claim in distinct:
        try:
            sampled += examine(claim, random) > 0
        except Unknown:
            unknown += 1
        except AssertionError as failure:
            wrong += 1
            print(" | ".join(claim), "--", failure)
    print(f"{len(claims)} accepted, {len(distinct)} distinct, {sampled} sampled, {unknown} not sampled, {wrong} wrong")
    sys.exit(1 if wrong else 0)


main()
