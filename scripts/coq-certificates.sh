#!/bin/sh
# Certifies a fixed set of configurations, exports the certificates to Coq and
# compiles the files against the library that scripts/coq.sh has compiled. Then
# falsifies some of the claims, digest included, and fails unless Coq refuses
# every one of them.
#
#   scripts/coq-certificates.sh [BINARY] [LIBRARY]
#       (default target/release/copyavg target/coq)
set -eu
cd "$(dirname "$0")/.."
binary="${1:-target/release/copyavg}"
library="${2:-target/coq}"
allowed="ClassicalDedekindReals.sig_not_dec
ClassicalDedekindReals.sig_forall_dec
FunctionalExtensionality.functional_extensionality_dep
Classical_Prop.classic"

fail() {
    echo "copyavg: $1" >&2
    exit 1
}

[ -e "$library/CopyAverageTest.vo" ] || fail "the library is not compiled: make coq"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

certify() {
    name="$1"
    shift
    "$binary" certify --quiet --certificate "$work/$name.cert" "$@" >/dev/null
}

compile() {
    coqc -w none -R "$library" CopyAvg "$work/coq/$1.v" >"$work/$1.log" 2>&1
}

# One change in a certificate, with the digest of what results.
falsify() {
    sed "$3" "$work/$1.cert" | sed '$d' >"$work/$2.cert"
    sed '$d' "$work/$1.cert" | cmp -s - "$work/$2.cert" && fail "$2: nothing was falsified."
    echo "digest sha256 $(sha256sum <"$work/$2.cert" | cut -d' ' -f1)" >>"$work/$2.cert"
}

certify perturbed_8_5 -k 8 -n 5 --family perturbed-copy
certify perturbed_100_42 -k 100 -n 42 --family perturbed-copy
certify average -k 12 -n 4 --family copy-average
certify two_averages -k 12 -n 4 --parts 5,5,1,1
"$binary" export coq "$work/perturbed_8_5.cert" "$work/perturbed_100_42.cert" \
    "$work/average.cert" "$work/two_averages.cert" --into "$work/coq"

for name in perturbed_8_5 perturbed_100_42 average two_averages Orders; do
    before="$(date +%s)"
    compile "$name" || {
        cat "$work/$name.log" >&2
        fail "$name.v does not compile."
    }
    sed -n 's/^\([A-Za-z][^ ]*\) *:.*/\1/p; s/^\([A-Z][^ ]*\.[^ ]*\)$/\1/p' "$work/$name.log" | grep -v '^Axioms$' |
        sort -u | while read -r axiom; do
            echo "$allowed" | grep -qxF "$axiom" || fail "$name.v assumes $axiom."
        done
    echo "$name.v: $(grep -c '^Theorem' "$work/coq/$name.v") theorems, $(($(date +%s) - before)) s"
done

# The box moved, the order reversed, the loss moved, a saddle called a minimum.
falsify perturbed_8_5 false_box 's/^box a .*/box a 2 3/'
falsify perturbed_8_5 false_order 's/^order higher/order lower/'
falsify average false_loss 's/^loss .*/loss 1 2/'
falsify two_averages false_sign 's/^eigenvalue -\([0-9/]*\) -\([0-9/]*\)$/eigenvalue \2 \1/'
"$binary" export coq "$work/false_box.cert" "$work/false_order.cert" "$work/false_loss.cert" \
    "$work/false_sign.cert" --into "$work/coq" --force >/dev/null
for name in false_box false_order false_loss false_sign; do
    if compile "$name"; then
        fail "$name.v compiles, although it is false."
    fi
    grep -q "Error" "$work/$name.log" || fail "$name.v: coqc did not run."
    echo "$name.v: refused"
done
