#!/bin/sh
# Checks for the tools that the build needs and installs the one that is often
# missing: m4, used by GMP's configure script.
set -eu

missing() {
    echo "copyavg needs $1; install it ($2) and try again." >&2
    exit 1
}

command -v cargo >/dev/null 2>&1 || missing "a Rust toolchain (cargo)" "https://rustup.rs"
command -v cc >/dev/null 2>&1 || missing "a C compiler" "Debian, Ubuntu: the package gcc"
command -v make >/dev/null 2>&1 || missing "make" "Debian, Ubuntu: the package make"
command -v m4 >/dev/null 2>&1 && exit 0

command -v apt-get >/dev/null 2>&1 || missing "m4 (to build GMP)" "the package is called m4 on most systems"

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || missing "m4 (to build GMP)" "as root: apt-get install m4"
    as_root="sudo"
fi
echo "copyavg: installing m4, which GMP needs to build (apt-get install m4)" >&2
$as_root apt-get update -qq >/dev/null 2>&1 || true
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq m4 >/dev/null 2>&1 ||
    missing "m4 (to build GMP)" "apt-get install m4 failed; install it by hand"
