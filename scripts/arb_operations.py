#!/usr/bin/env python3
"""Time Arb's operations through python-flint, for benches/README.md.

    python3 scripts/arb_operations.py

Each operation runs in a loop over the same two full-length arguments in
(0, 1), CPU time of the process. The interpreter's share, measured by a loop of
the same shape around an operation on small Python integers, is subtracted; the
allocation of the result by python-flint stays in. Arb's ball operations round
once and bound the error, an interval rounds twice.
"""

import time

from flint import arb, ctx

OPERATIONS = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "square": lambda x, y: x * x,
    "sqrt": lambda x, y: x.sqrt(),
    "asin": lambda x, y: x.asin(),
    "acos": lambda x, y: x.acos(),
    "atan": lambda x, y: x.atan(),
}


def seconds(operation, x, y, count):
    """CPU seconds per call, the best of five runs."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for _ in range(count):
            operation(x, y)
        best = min(best, time.process_time() - start)
    return best / count


def main():
    overhead = seconds(lambda x, y: x + y, 1, 2, 200_000)
    print(f"interpreter's share, subtracted: {overhead * 1e9:.0f} ns")
    print("operation " + "".join(f"{bits:>10}" for bits in (53, 128, 1024)) + "   (ns)")
    for name, operation in OPERATIONS.items():
        cells = []
        for bits in (53, 128, 1024):
            ctx.prec = bits
            x, y = (arb(5) / 7).sqrt(), (arb(3) / 11).sqrt()
            count = 100_000 if name in ("add", "sub", "mul", "div", "square", "sqrt") else 20_000
            cells.append((seconds(operation, x, y, count) - overhead) * 1e9)
        print(f"{name:10}" + "".join(f"{cell:10.0f}" for cell in cells))


if __name__ == "__main__":
    main()
