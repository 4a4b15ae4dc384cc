#!/usr/bin/env python3
"""Turn what a peer training script saves (npz with `seeds`, `init`, `final`, each run's
parameters as a_1..a_n, then W row by row) into files of weights for `copyavg train --init`,
and into the reference data of the tests.

    peer_initial_weights.py RUNS.npz -n N --into DIRECTORY      one CSV per seed: a,w1,...,wd
    peer_initial_weights.py RUNS.npz -n N --reference RUNS.jsonl -k K
                                                                JSON of first weights, final losses, classes

RUNS.jsonl are the JSON lines that the same script printed. Numbers are written with the
fewest digits that keep every bit.
"""
import argparse
import json
import pathlib

import numpy as np


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", help="the npz file")
    parser.add_argument("-n", type=int, required=True, help="number of neurons")
    parser.add_argument("-k", type=int, help="number of teachers, for --reference")
    parser.add_argument("--into", type=pathlib.Path, help="directory for the CSV files")
    parser.add_argument("--reference", help="the JSON lines; writes JSON to stdout")
    arguments = parser.parse_args()
    runs = np.load(arguments.runs)
    n = arguments.n

    if arguments.into:
        arguments.into.mkdir(parents=True, exist_ok=True)
        for seed, start in zip(runs["seeds"], runs["init"]):
            a, w = start[:n], start[n:].reshape(n, -1)
            lines = ["a," + ",".join(f"w{i + 1}" for i in range(w.shape[1]))]
            lines += [",".join(repr(float(x)) for x in (outer, *row)) for outer, row in zip(a, w)]
            (arguments.into / f"seed{seed}.csv").write_text("\n".join(lines) + "\n")

    if arguments.reference:
        lines = [json.loads(line) for line in open(arguments.reference)]
        ends = {line["seed"]: line for line in lines if "seed" in line}
        out = []
        for seed, start in zip(runs["seeds"], runs["init"]):
            end = ends[int(seed)]
            out.append({
                "k": arguments.k, "n": n, "d": (len(start) - n) // n, "seed": int(seed),
                "loss": end["loss"], "class": end["cls"], "start": [float(x) for x in start],
            })
        print("[" + ",\n".join(json.dumps(run) for run in out) + "]")


if __name__ == "__main__":
    main()
