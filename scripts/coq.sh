#!/bin/sh
# Compiles the Coq development of proofs/coq in target/coq, checks it again with
# Coq's independent checker, and prints the assumptions of every theorem. Fails
# if a proof is missing, if a theorem is not listed in Assumptions.v, or if one
# rests on more than the classical real numbers of Coq's standard library.
# The list must be that of proofs/coq/Assumptions.expected.
#
#   scripts/coq.sh [BUILD_DIRECTORY]       (default target/coq)
set -eu
cd "$(dirname "$0")/.."
build="${1:-target/coq}"
root="$(pwd)"
packages="coq libcoq-interval libcoq-coquelicot libcoq-flocq"
allowed="ClassicalDedekindReals.sig_not_dec
ClassicalDedekindReals.sig_forall_dec
FunctionalExtensionality.functional_extensionality_dep
Classical_Prop.classic"

fail() {
    echo "copyavg: $1" >&2
    exit 1
}

libraries_present() {
    command -v coqc >/dev/null 2>&1 && command -v coqchk >/dev/null 2>&1 &&
        command -v coq_makefile >/dev/null 2>&1 || return 1
    user="$(coqc -where)/user-contrib"
    # Debian keeps compiled libraries beside the OCaml ones.
    for library in Interval Coquelicot Flocq; do
        [ -d "$user/$library" ] || [ -d "/usr/lib/ocaml/coq/user-contrib/$library" ] || return 1
    done
}

install_libraries() {
    needed="the proofs need Coq 8.16 with CoqInterval, Coquelicot and Flocq"
    command -v apt-get >/dev/null 2>&1 ||
        fail "$needed; install them (opam: coq coq-interval) and try again."
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail "$needed; as root: apt-get install $packages"
        as_root="sudo"
    fi
    echo "copyavg: installing $packages (apt-get install)" >&2
    $as_root apt-get update -qq >/dev/null 2>&1 || true
    # shellcheck disable=SC2086 # one word per package
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages >/dev/null 2>&1 ||
        fail "$needed; apt-get install $packages failed."
    libraries_present || fail "$needed; they are not found after apt-get install $packages."
}

libraries_present || install_libraries

# No proof may be skipped and nothing may be postulated.
if grep -nE '^[[:space:]]*(Axioms?|Parameters?|Conjectures?)\b|\b(Admitted|admit|give_up)\b' \
    proofs/coq/*.v; then
    fail "the lines above leave something unproved."
fi

# Only changed files are copied, so that a second run compiles nothing.
mkdir -p "$build"
for file in proofs/coq/_CoqProject proofs/coq/*.v; do
    cmp -s "$file" "$build/${file##*/}" || cp "$file" "$build/"
done
for file in "$build"/*.v; do
    [ -e "proofs/coq/${file##*/}" ] || rm -f "$file" "${file}o"
done
cd "$build"
coq_makefile -f _CoqProject -o Makefile.coq >/dev/null
make -f Makefile.coq -j2 --no-print-directory

# The checker reads the compiled files alone. `-norec` takes the libraries for
# granted and checks the modules of this development, each once after it was
# compiled, by two processes.
sed -n 's/^\([A-Za-z]*\)\.v$/\1/p' _CoqProject | while read -r module; do
    [ "$module.checked" -nt "$module.vo" ] || echo "$module"
done | xargs -r -P 2 -n 4 sh -c '
    for module; do options="$options -norec CopyAvg.$module"; done
    coqchk -silent -R . CopyAvg $options && for module; do : >"$module.checked"; done
' check >coqchk.log 2>&1 || {
    cat coqchk.log >&2
    fail "coqchk rejects the compiled proofs."
}

# Coq walks through its whole library for each theorem, a second or more: only
# after something changed.
if [ ! -s assumptions.log ] || [ -n "$(find . \( -name '*.vo' -o -name Assumptions.v \) \
    ! -name Assumptions.vo -newer assumptions.log)" ]; then
    rm -f assumptions.log
    coqc -w none -R . CopyAvg Assumptions.v >assumptions.new || fail "Assumptions.v does not compile."
    mv assumptions.new assumptions.log
fi
sed -n 's/^Print Assumptions \(.*\)\.$/\1/p' Assumptions.v >listed.txt
for module in $(sed -n 's/^\([A-Za-z]*\)\.v$/\1/p' _CoqProject); do
    sed -n "s/^Theorem \([A-Za-z0-9_']*\).*/CopyAvg.$module.\1/p" "$module.v"
done >stated.txt
for theorem in $(cat stated.txt); do
    grep -qxF "$theorem" listed.txt || fail "the theorem $theorem is not in Assumptions.v."
done

# One block of assumptions per listed theorem, in order.
awk -v allowed="$allowed" '
    BEGIN { split(allowed, list, "\n"); for (i in list) good[list[i]] = 1 }
    FNR == NR { name[++names] = $0; next }
    /^Closed under the global context/ { block++; used[block] = ""; next }
    /^Axioms:/ { block++; used[block] = ""; next }
    /^[^ ]/ {
        axiom = $1
        if (!(axiom in good)) bad[block] = bad[block] " " axiom
        short = axiom; sub(/.*\./, "", short)
        used[block] = used[block] " " short
    }
    END {
        if (block != names) {
            print "copyavg: " names " theorems listed, " block + 0 " answers" > "/dev/stderr"; exit 1
        }
        for (i = 1; i <= names; i++) {
            print name[i] ":" (used[i] == "" ? " no assumptions" : used[i])
            if (bad[i] != "") {
                print "copyavg: " name[i] " assumes more than the classical reals:" bad[i] > "/dev/stderr"
                failed = 1
            }
        }
        exit failed
    }
' listed.txt assumptions.log >theorems.txt || {
    cat theorems.txt
    exit 1
}
cat theorems.txt
# The catalogue names theorems of this list; it changes only on purpose.
LC_ALL=C sort theorems.txt | diff "$root/proofs/coq/Assumptions.expected" - >&2 ||
    fail "the theorems or their assumptions are not those of proofs/coq/Assumptions.expected; if that is meant: LC_ALL=C sort $build/theorems.txt >proofs/coq/Assumptions.expected"
echo "$(wc -l <listed.txt) theorems, checked by Coq $(coqc -print-version | cut -d' ' -f1) and by coqchk; no assumption beyond Coq's classical real numbers."
