#!/usr/bin/env python3
"""Write tests/data/arb_losses.csv: losses and second differences of one neuron.

For σ(x) = √A·erf(βx), b = 2β², and one neuron that serves ℓ teachers,

    L(ℓ) = A (2/π) [ℓ asin ŝ − ℓ² asin(ŝ/ℓ)],  ŝ = b/(1 + b),

at its optimum, of norm r = 1/√(ℓ + b(ℓ − 1)). Each value is enclosed by
python-flint (Arb, ball arithmetic) and printed as two integers l, u and an
exponent e with l·10^e ≤ value ≤ u·10^e, 60 digits each. The second difference is
L(ℓ+1) − 2L(ℓ) + L(ℓ−1), for ℓ ≥ 2.

    python3 scripts/arb_losses.py > tests/data/arb_losses.csv
"""

from random import Random

from flint import arb, ctx, fmpq

DIGITS = 60
ctx.prec = 1000

# name, b, A
ACTIVATIONS = [
    ("erf", fmpq(1), 1),
    ("erf:1/2", fmpq(1, 2), 1),
    ("erf:1", fmpq(2), 1),
    ("erf:10", fmpq(200), 1),
    ("erf-printed", fmpq(1, 2), 2),
]


def bracket(value):
    if value == 0:
        return 0, 0, 0
    magnitude = (abs(value).log() / arb(10).log()).lower()
    exponent = int(magnitude.floor().unique_fmpz()) - DIGITS + 1
    scaled = value * arb(10) ** -exponent
    return scaled.lower().floor().unique_fmpz(), scaled.upper().ceil().unique_fmpz(), exponent


def loss(ell, b, amplitude_squared):
    if ell == 1:
        return arb(0)
    sine, ell = arb(b / (1 + b)), arb(ell)
    return amplitude_squared * 2 / arb.pi() * (ell * sine.asin() - ell**2 * (sine / ell).asin())


def sizes():
    random = Random("sizes")
    chosen = set(range(1, 51)) | {10**p for p in range(2, 19)} | {10**p - 1 for p in range(2, 19)}
    # Plain doubles lose the sign of the second difference from about 3,000 on.
    chosen |= {3254, 3255, 3256, 999_999_999_989, 2**32, 2**53 + 1}
    chosen |= {random.randint(1, 10 ** random.randint(2, 18)) for _ in range(20)}
    return sorted(chosen)


def main():
    print("activation,ell,quantity,lower,upper,exponent")
    for name, b, amplitude_squared in ACTIVATIONS:
        for ell in sizes():
            here = loss(ell, b, amplitude_squared)
            rows = {"loss": here, "norm": 1 / arb(ell + b * (ell - 1)).sqrt()}
            if ell >= 2:
                after, before = (loss(ell + step, b, amplitude_squared) for step in (1, -1))
                rows["second-difference"] = after - 2 * here + before
            for quantity, value in rows.items():
                lower, upper, exponent = bracket(value)
                print(f"{name},{ell},{quantity},{lower},{upper},{exponent}")


if __name__ == "__main__":
    main()
