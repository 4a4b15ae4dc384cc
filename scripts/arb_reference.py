#!/usr/bin/env python3
"""Write tests/data/arb_elementary.csv: balls of Arb around exact values.

    python3 scripts/arb_reference.py > tests/data/arb_elementary.csv

Needs python-flint (0.9.0 was used). A row is an operation, its arguments, the
precision in bits at which Arb worked, and the ball it returned: the true value
lies between mid - rad and mid + rad. All numbers are exact, written as
<hexadecimal integer>p<decimal exponent of two>. Arguments are doubles at which
arithmetic goes wrong first, and random ones.
"""

import math
import sys
from random import Random

from flint import arb, ctx, fmpz

PRECISIONS = [40, 64, 160, 400]
FEW_PRECISIONS = [64, 1200]


def corners():
    """Positive doubles: least, greatest, powers of two, and neighbours."""
    exponents = [-1074, -1073, -1022, -1021, -600, -512, -60, -53, -52, -30, -8, -2, -1, 0, 1, 2, 10, 52, 53, 512, 1023]
    values = [math.ldexp(1.0, n) for n in exponents] + [sys.float_info.max]
    values += [1.5, 3.0, 10.0, 0.1, 1 / 3, 144.0, 123456789.0]
    for x in list(values):
        values += [math.nextafter(x, 0.0), math.nextafter(x, math.inf)]
    return sorted({x for x in values if 0.0 <= x < math.inf})


def near_one():
    """Doubles below one, closer and closer."""
    below = [1.0 - math.ldexp(1.0, -n) for n in range(1, 54, 4)]
    return sorted({1.0, math.nextafter(1.0, 0.0), 1.0 - 2.0**-53, 1.0 - 3.0 * 2.0**-53, *below})


def draw(random, greatest=math.inf):
    """A double with random bits, sign and a moderate exponent."""
    x = math.ldexp(random.getrandbits(53) | 1, random.randint(-75, -40))
    x = x if x <= greatest else random.random()
    return random.choice([-1.0, 1.0]) * x


def dyadic(number):
    """An exact arb as text."""
    mantissa, exponent = (fmpz(0), fmpz(0)) if number == 0 else number.man_exp()
    mantissa = int(mantissa)
    return f"{'-' if mantissa < 0 else ''}{abs(mantissa):x}p{int(exponent)}"


def row(name, operation, x, y, bits):
    ctx.prec = bits
    ball = operation(arb(x)) if y is None else operation(arb(x), arb(y))
    middle, radius = ball.mid(), ball.rad()
    ctx.prec = 5000
    cells = [dyadic(arb(x)), "" if y is None else dyadic(arb(y)), str(bits), dyadic(middle), dyadic(radius)]
    print(",".join([name, *cells]))


def main():
    random = Random("copyavg: arb_reference")
    positive = corners()
    unit = sorted({*near_one(), *(x for x in positive if x <= 1.0)})
    unary = {
        "sqrt": (arb.sqrt, positive + [abs(draw(random)) for _ in range(20)]),
        "atan": (arb.atan, positive + [-x for x in positive] + [draw(random) for _ in range(20)]),
        "asin": (arb.asin, unit + [-x for x in unit] + [draw(random, 1.0) for _ in range(20)]),
        "acos": (arb.acos, unit + [-x for x in unit] + [draw(random, 1.0) for _ in range(20)]),
    }
    binary = {"add": arb.__add__, "sub": arb.__sub__, "mul": arb.__mul__, "div": arb.__truediv__}

    print("operation,x,y,bits,mid,rad")
    for bits in [*PRECISIONS, *FEW_PRECISIONS]:
        row("pi", lambda _: arb.pi(), 0.0, None, bits)
    for name, (function, points) in unary.items():
        for i, x in enumerate(points):
            row(name, function, x, None, PRECISIONS[i % 2])
            row(name, function, x, None, PRECISIONS[2 + i % 2])
            if i % 16 == 0:
                row(name, function, x, None, FEW_PRECISIONS[1])
    for name, operation in binary.items():
        for i in range(60):
            x = random.choice(positive) if i % 2 else draw(random)
            y = random.choice([-1.0, 1.0]) * random.choice(positive) if i % 3 else draw(random)
            if name != "div" or y != 0.0:
                row(name, operation, x, y, PRECISIONS[i % 4])


if __name__ == "__main__":
    main()
