# bp: every command a person or CI needs. `make help` lists them.
#
# Needed beforehand: a Swift 6.3 toolchain on PATH and Debian 12. Everything else is fetched here:
# the packages below with apt, the Python packages into .venv. Every step can be repeated.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# What bp is built on, and what the Swift toolchain itself needs on Debian 12.
PACKAGES := libzmq3-dev libsodium-dev liblapack3 libdnnl2 zlib1g-dev librsvg2-2 libsixel1 fonts-dejavu-core python3-venv \
  binutils libc6-dev libstdc++-12-dev libgcc-12-dev libncurses6 libedit2 libsqlite3-0 libxml2 libcurl4 libpython3.11 \
  tzdata git ca-certificates
# Shells and man, for the tests of completions and the manual.
TEST_PACKAGES := fish zsh man-db
BROWSER_PACKAGES := chromium
NEON_PACKAGES := gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE := -c release --static-swift-stdlib $(SWIFT_FLAGS)
VENV := .venv
BPSH := .build/release/bpsh
ARGS ?=

say = @printf '\033[1m==> %s\033[0m\n' "$(1)"
# Names the step that failed and what to do about it.
or_say = || { printf '\033[31m%s\033[0m\n' "$(1)" >&2; exit 1; }

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: jupyter
jupyter: kernel ## set everything up and open JupyterLab on notebooks/ (ARGS=--no-browser for a server alone)
	$(call say,Opening JupyterLab on notebooks/ (stop it with Ctrl-C))
	@cd notebooks && exec ../$(VENV)/bin/jupyter lab $$([ "$$(id -u)" != 0 ] || echo --allow-root) $(ARGS)

.PHONY: test
test: PACKAGES += $(TEST_PACKAGES)
test: packages python-tests toolchain ## the same set-up, then every test
	$(call say,Building for the tests)
	@swift build --build-tests $(SWIFT_FLAGS) $(call or_say,The build failed: the first error above says where.)
	$(call say,Checking the format)
	@swift format lint -s -r Sources Tests $(call or_say,Run: make format)
	$(call say,Kernel conformance (jupyter_kernel_test))
	@.build/debug/bpsh install --prefix .build/jupyter --quiet
	@JUPYTER_PATH=$(CURDIR)/.build/jupyter/share/jupyter $(VENV)/bin/python -m pytest -q Tests/Kernel \
	  $(call or_say,The kernel broke a rule of the protocol: the failure above names it.)
	$(call say,The shell in a terminal and in pipes)
	@$(VENV)/bin/python -m pytest -q Tests/Terminal $(call or_say,The shell did not do what a person expects: the failure above shows the screen.)
	$(call say,bp beside CPython)
	@$(VENV)/bin/python Tests/Programs/compare_with_python.py .build/debug/bpsh $(call or_say,bp and Python differ: the texts above show where.)
	$(call say,Every Swift test)
	@swift test --skip-build $(SWIFT_FLAGS)

.PHONY: toolchain
toolchain:
	@command -v swift >/dev/null $(call or_say,No Swift toolchain on PATH. Install Swift 6.3 from swift.org/install and put its usr/bin on PATH.)

.PHONY: packages
packages:
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  printf '\033[1m==> Installing Debian packages: %s\033[0m\n' "$$(echo $$missing)"; \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  { $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends $$missing >/dev/null; } \
	  $(call or_say,apt could not install them. Check the network and your rights and run make again.); \
	fi

# One environment for JupyterLab and for the tests' own needs, each from its list; a changed list is installed again.
$(VENV)/bin/python:
	$(call say,Making the Python environment .venv)
	@python3 -m venv $(VENV) $(call or_say,python3 could not make an environment: is python3-venv installed?)

$(VENV)/.notebooks: notebooks/requirements.txt | packages $(VENV)/bin/python
	$(call say,Installing JupyterLab into .venv)
	@$(VENV)/bin/pip install -q --disable-pip-version-check -r $< $(call or_say,pip could not install JupyterLab. Check the network and run make again.)
	@touch $@

$(VENV)/.tests: Tests/requirements.txt | packages $(VENV)/bin/python
	$(call say,Installing the tests' Python packages into .venv)
	@$(VENV)/bin/pip install -q --disable-pip-version-check -r $< $(call or_say,pip could not install the tests' packages. Check the network and run make again.)
	@touch $@

.PHONY: python-tests
python-tests: packages $(VENV)/.tests

.PHONY: build
build: packages toolchain ## build bpsh for use (release, the Swift runtime inside)
	$(call say,Building bpsh (a few minutes the first time))
	@swift build $(RELEASE) --product bpsh $(call or_say,The build failed: the first error above says where.)

.PHONY: kernel
kernel: build $(VENV)/.notebooks ## build, and register the kernel in .venv
	$(call say,Registering the bp kernel in .venv)
	@$(BPSH) install --prefix $(VENV)

$(VENV)/.wheel: kernelspec/wheel/requirements.txt | packages $(VENV)/bin/python
	@$(VENV)/bin/pip install -q --disable-pip-version-check -r $< $(call or_say,pip could not install what makes wheels. Check the network and run make again.)
	@touch $@

.PHONY: wheel
wheel: build python-tests $(VENV)/.wheel ## make a Python wheel with all inside, in .build/wheel, and test it
	$(call say,Making the wheel)
	@PATH=$(CURDIR)/$(VENV)/bin:$$PATH $(VENV)/bin/python kernelspec/wheel/make.py $(BPSH) .build/wheel $(call or_say,The wheel was not made: the error above says why.)
	@$(VENV)/bin/python -m pytest -q Tests/Wheel $(call or_say,The wheel does not do what it should: the failure above shows what.)

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq -o DPkg::Lock::Timeout=300 \
	    --no-install-recommends $(BROWSER_PACKAGES) >/dev/null; }

.PHONY: browser
browser: kernel python-tests chromium ## drive JupyterLab in headless Chromium
	$(call say,JupyterLab in headless Chromium)
	@# What JupyterLab was too slow for is tried once more, by itself.
	@$(VENV)/bin/python -m pytest -q Tests/Browser || $(VENV)/bin/python -m pytest -q --last-failed Tests/Browser
	@BPSH=$(CURDIR)/$(BPSH) $(VENV)/bin/python -m pytest -q Tests/Kernel/test_tools.py

.PHONY: fuzz
fuzz: packages python-tests toolchain ## try a million mutated messages and 100,000 mutated programs (about an hour; WIRE=, PROGRAMS=, CELLS= say how many)
	$(call say,Mutated messages and programs)
	@swift build --build-tests $(SWIFT_FLAGS)
	@WIRE_FUZZ_COUNT=$(or $(WIRE),1000000) swift test --skip-build --filter WireFuzzTests
	@BP_FUZZ_ROUNDS=$(or $(PROGRAMS),100000) swift test --skip-build --filter ProgramFuzzTests
	@.build/debug/bpsh install --prefix .build/jupyter --quiet
	@KERNEL_FUZZ_COUNT=$(or $(CELLS),100000) JUPYTER_PATH=$(CURDIR)/.build/jupyter/share/jupyter $(VENV)/bin/python -m pytest -q Tests/Kernel/test_fuzz.py

.PHONY: pictures
pictures: kernel python-tests chromium ## make the README's pictures anew
	$(call say,Making the pictures of the README)
	@$(BPSH) --quiet notebooks/pictures/make.bp
	@$(VENV)/bin/python Tests/Browser/make_picture.py

.PHONY: neon
neon: ## compare the kernels of all instruction sets, Arm's under qemu
	$(call say,Comparing the kernels)
	@missing=$$(for p in $(NEON_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@Tests/Kernels/compare.sh .build/kernels $(call or_say,A kernel differs: the line above names the instruction set.)

CHOSEN := $(if $(WORKLOADS),--workloads "$(WORKLOADS)")

.PHONY: bench
bench: kernel python-tests .bench/kernels/.installed ## time bp beside the peers that are installed (WORKLOADS="xor lstm" for a part, QUICK=1 for a look)
	@$(VENV)/bin/python Tests/Benchmarks/bench.py $(CHOSEN) $(if $(QUICK),--quick) $(ARGS) \
	  $(call or_say,What falls short is marked in the tables above.)

.PHONY: bench-memory
bench-memory: build ## show that long training keeps its memory (WORKLOADS="xor lstm" for a part)
	@.bench/venv/bin/python Tests/Benchmarks/memory.py $(CHOSEN) $(call or_say,Memory grew; or the peers are missing: make bench-peers.)

.PHONY: bench-contention
bench-contention: build ## show that two threads fall off no cliff when another program takes a core (WORKLOADS="xor lstm" for a part)
	@.bench/venv/bin/python Tests/Benchmarks/contention.py $(CHOSEN) $(call or_say,Two threads fall behind one; or the peers are missing: make bench-peers.)

.PHONY: bench-interrupts
bench-interrupts: build ## show how soon an interrupt is obeyed in every kind of builtin (CASES="sort sum" for a part)
	@python3 Tests/Benchmarks/interrupts.py $(if $(CASES),--cases "$(CASES)") $(call or_say,Some cases are interrupted late.)

# The kernels that bp's is timed beside, apart from .venv, where JupyterLab would offer them.
.bench/kernels/.installed: Tests/Benchmarks/kernels.txt | packages
	$(call say,Installing the kernels to compare with into .bench)
	@python3 -m venv .bench/kernels
	@.bench/kernels/bin/pip install -q --disable-pip-version-check -r $< $(call or_say,pip could not install the kernels. Check the network and run make again.)
	@touch $@

.PHONY: bench-kernels
bench-kernels: kernel python-tests .bench/kernels/.installed ## time the kernel beside ipykernel and xeus-python (QUICK=1 for a look)
	@$(VENV)/bin/python Tests/Benchmarks/kernels.py $(if $(QUICK),--quick) $(ARGS) $(call or_say,What falls short is marked in the table above.)

.PHONY: bench-peers
bench-peers: packages ## install the peers of `make bench` (torch, jax, ...: several GB) into .bench
	$(call say,Installing the peers into .bench (several GB))
	@python3 -m venv .bench/venv
	@.bench/venv/bin/pip install -q --disable-pip-version-check -r Tests/Benchmarks/requirements.txt

.PHONY: format
format: ## format all sources
	@swift format -i -r Sources Tests

.PHONY: clean
clean: ## remove everything that was built or installed here
	rm -rf .build .bench $(VENV)
