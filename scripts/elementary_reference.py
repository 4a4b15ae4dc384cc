#!/usr/bin/env python3
"""Write tests/data/elementary.csv: elementary functions at rational points.

Each value is enclosed by python-flint (Arb, ball arithmetic) and printed as
two decimals that bracket it, 60 digits after the point of its scientific form.

    python3 scripts/elementary_reference.py > tests/data/elementary.csv
"""

from random import Random

from flint import arb, ctx, fmpq, fmpz

DIGITS = 60
ctx.prec = 400


def bracket(value):
    """Integers l, u and an exponent e with l·10^e ≤ value ≤ u·10^e."""
    if value == 0:
        return 0, 0, 0
    exponent = int((abs(value).log() / arb(10).log()).floor().unique_fmpz()) - DIGITS
    scaled = value * arb(10) ** -exponent
    lower = scaled.floor().unique_fmpz()
    exact = scaled.is_exact() and scaled.floor() == scaled
    return lower, lower if exact else lower + 1, exponent


def points(random, inside_unit):
    fixed = ["1/2", "-1/2", "1/3", "2/3", "99/100", "-999999/1000000", "1/1000000007", "3/5"]
    drawn = [fmpq(random.randint(-10**9, 10**9), 10**9) for _ in range(30)]
    drawn += [fmpq(random.choice([-1, 1]), random.randint(1, 10**40)) for _ in range(5)]
    if not inside_unit:
        fixed += ["2", "-3", "7/2", "25", "-11"]
        drawn += [fmpq(random.randint(-10**6, 10**6), random.randint(1, 10**5)) for _ in range(20)]
    return [fmpq(*map(int, x.split("/"))) for x in fixed] + drawn


def main():
    functions = {
        "asin": (arb.asin, True, lambda x: True),
        "acos": (arb.acos, True, lambda x: True),
        "atan": (arb.atan, False, lambda x: True),
        "sqrt": (arb.sqrt, False, lambda x: x > 0),
        "exp": (arb.exp, False, lambda x: abs(x) < 1000),
        "ln": (arb.log, False, lambda x: x > 0),
        "erf": (arb.erf, False, lambda x: abs(x) < 12),
    }
    print("function,x,lower,upper,exponent")
    for name, (function, inside_unit, valid) in functions.items():
        random = Random(name)
        for x in points(random, inside_unit):
            if valid(x):
                lower, upper, exponent = bracket(function(arb(x)))
                print(f"{name},{x},{lower},{upper},{exponent}")
    for name, value in [("pi", arb.pi())]:
        lower, upper, exponent = bracket(value)
        print(f"{name},0,{lower},{upper},{exponent}")


if __name__ == "__main__":
    main()
