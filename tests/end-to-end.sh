#!/bin/sh
# Runs the built program as its user would and checks what scripts rely on.
set -eu
program=${1:?usage: end-to-end.sh path/to/copyavg}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

expect() { # status command...
    wanted=$1
    shift
    set +e
    "$@" >"$folder/out" 2>"$folder/err"
    got=$?
    set -e
    if [ "$got" -ne "$wanted" ]; then
        echo "end-to-end: exit status $got instead of $wanted: $*" >&2
        cat "$folder/out" "$folder/err" >&2
        exit 1
    fi
}

expect 0 "$program" --help
expect 0 "$program" --version
expect 0 "$program" verify --quiet
grep -q "0 not as expected" "$folder/out"
expect 0 "$program" verify concavity --format json
grep -q '"verdict": *"proved"' "$folder/out"
expect 0 "$program" verify --assumptions
grep -q "A4" "$folder/out"
expect 0 "$program" loss 1..5 --digits 20 --format json
grep -q '"lower": *"0"' "$folder/out"
expect 0 "$program" concavity --to 10000
expect 0 "$program" concavity --all
expect 0 "$program" partitions -k 100 -n 10 --top 10 --format csv
grep -q '91,1,1,1,1,1,1,1,1,1' "$folder/out"
expect 0 "$program" certify -k 12 -n 4 --parts 4,3,3,2 --format json
grep -q '"kind": *"strict-saddle"' "$folder/out"
expect 0 "$program" certify -k 1000000000000 -n 1000000 --family copy-average
grep -q 'strict local minimum, proved' "$folder/out"
expect 0 "$program" certify -k 12 -n 4 --parts 4,3,3,2 --certificate "$folder/average.cert"
expect 0 "$program" certify -k 1000000 -n 800000 --family perturbed-copy --certificate "$folder/perturbed.cert"
grep -q 'strict local minimum, proved' "$folder/out"
expect 0 "$program" check "$folder/average.cert" "$folder/perturbed.cert"
grep -q 'exactly one critical point' "$folder/out"
sed 's/^index 8$/index 7/' "$folder/average.cert" >"$folder/damaged.cert"
expect 2 "$program" check "$folder/damaged.cert"
expect 0 "$program" phase -k 10 --format csv
grep -q '^10,8,.*perturbed-copy$' "$folder/out"
expect 0 "$program" phase -k 1000000 --thresholds --plot "$folder/thresholds.png"
grep -q '766230' "$folder/out"
expect 0 "$program" global -k 40 -n 20 --format json
grep -q '"verdict": *"proved"' "$folder/out"
expect 0 "$program" global -k 100 -n 52 --certificate "$folder/half.cert"
expect 0 "$program" check "$folder/half.cert"
grep -q 'k = 100 and n = 52' "$folder/out"
expect 0 "$program" global -k 100 -n 90
grep -q 'refuted' "$folder/out"
expect 1 "$program" global -k 8 -n 5 --plot "$folder/global.png"
expect 0 "$program" train -k 8 -n 4 --seeds 0..3 --store "$folder/runs.db" --plot "$folder/neurons.png" --format json
grep -q '"C-A"' "$folder/out"
grep -q '^seed,class' "$folder/neurons.csv"
expect 0 "$program" train -k 6 -n 2..5 --seeds 0..3 --store "$folder/runs.db"
grep -q 'all runs end' "$folder/out"
expect 0 "$program" figure 2 -k 5 --seeds 0..1 --plot "$folder/losses.svg"
expect 2 "$program" figure 2 -k 5 --seeds 0..1 --plot "$folder/losses.svg"
expect 0 "$program" activations
expect 0 "$program" man
expect 0 "$program" completions bash
for bad in "loss 0" "loss 5..3" "loss -1" "loss 10 --digits 0" "partitions -k 3 -n 5" "certify -k 8 -n 2 --parts 5,2,1" "certify -k 3 -n 2 -d 2 --family copy-average" "verify nothing-of-this-name" "concavity --to 1" "certify -k 5 -n 5 --family perturbed-copy" "certify -k 5 -n 3 -d 4 --family perturbed-copy" "global -k 3 -n 4" "global -k 5 -n 2 --activation erf:2" "phase -k 2 --thresholds" "phase -k 3 -n 5" "phase -k 5 --plot x.jpg" "train -k 3 -n 4" "train -k 3 -n 2 --relative-tolerance 0" "train -k 3 --init nothing-of-this-name" "figure 4" "check nothing-of-this-name"; do
    # shellcheck disable=SC2086
    expect 2 "$program" $bad
    if [ -s "$folder/out" ]; then
        echo "end-to-end: output in spite of bad input: $bad" >&2
        exit 1
    fi
done
echo "end-to-end: all commands answered as expected"
