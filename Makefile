# `make verify` checks the theorem catalogue, `make test` runs all tests, `make
# coq` compiles the Coq proofs and prints what they assume. Each installs what is
# missing (m4, which GMP's build needs; Coq and its libraries) on Debian and
# Ubuntu, and names the packages elsewhere.

CARGO ?= cargo
BINARY = target/release/copyavg

.PHONY: verify test coq coq-certificates lint doc end-to-end build prerequisites bench

verify: build
	$(BINARY) verify

build: prerequisites
	$(CARGO) build --release --locked

test: prerequisites lint doc build
	$(CARGO) test --release --locked --workspace
	./tests/end-to-end.sh $(BINARY)

coq:
	@./scripts/coq.sh

coq-certificates: build coq
	@./scripts/coq-certificates.sh $(BINARY)

lint: prerequisites
	$(CARGO) fmt --all --check
	$(CARGO) clippy --release --locked --workspace --all-targets -- -D warnings

doc: prerequisites
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --workspace --no-deps

bench: prerequisites
	$(CARGO) bench --locked

prerequisites:
	@./scripts/prerequisites.sh
