# make demo   build, index the sample corpus, start the daemon, answer queries in three languages
# make test   build and run all tests
# make soak   the same with the long runs (IZDE_LONG=1), one after the other; as root, faults of disks too
# make deb    build a Debian package: .build-deb/izde_VERSION_ARCHITECTURE.deb
# make quality  measure stems, spelling, layouts, languages, scripts, names, mentions and ranking on the data beside the project
# make fuzz   feed every parser of foreign bytes with what libFuzzer thinks of, FUZZ_SECONDS=30 each, TARGETS="query log" for some
# make sanitize  all tests with the address sanitizer, then with the thread sanitizer
# Everything else is SwiftPM: swift build, swift test, swift run izded --help.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.PHONY: demo test soak deb quality fuzz sanitize dependencies programs lint

PACKAGES := libicu-dev libstemmer-dev libzstd-dev libxml2-dev pkg-config
BIN = $$(swift build -c release --static-swift-stdlib --show-bin-path)

# Runs tests; what failed stands once more at the end, where it is not lost among what passed.
define tested
log=$$(mktemp)
trap 'rm -f "$$log"' EXIT
if ! $(1) 2>&1 | tee "$$log"; then
    echo
    echo "What failed:"
    grep -aE -A2 '✘|error:|Fatal error|unexpected signal' "$$log" | grep -avE '^(◇|✔|--)' | tail -n 40
    exit 1
fi
endef

# Installs the system libraries that are missing, or says how.
dependencies:
	@missing=()
	for package in $(PACKAGES); do
	    dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$$package")
	done
	if [ $${#missing[@]} -eq 0 ]; then exit 0; fi
	install="apt-get update && apt-get install -y --no-install-recommends $${missing[*]}"
	if ! command -v apt-get >/dev/null; then
	    echo "izde needs the Debian packages $${missing[*]} (or their like here); install them first." >&2
	    exit 1
	elif [ "$$(id -u)" -eq 0 ]; then
	    DEBIAN_FRONTEND=noninteractive bash -c "$$install"
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	    sudo DEBIAN_FRONTEND=noninteractive bash -c "$$install"
	else
	    echo "Some system libraries are missing. Run this line once, then again what you ran:" >&2
	    echo "    sudo bash -c '$$install'" >&2
	    exit 1
	fi

programs: dependencies
	@swift build -c release --static-swift-stdlib --product izded
	swift build -c release --static-swift-stdlib --product izde

test: dependencies
	@$(call tested,swift test)

soak: programs
	@$(call tested,IZDE_LONG=1 swift test)

# DEB_REVISION=2 makes version 0.1.0+2 of 0.1.0.
deb: PACKAGES += dpkg-dev
deb: programs
	@DEB_REVISION="$(DEB_REVISION)" config/debian/build "$(BIN)" .build-deb

# QUALITY="--only stems --off scripts" chooses parts and switches ways off.
quality: dependencies
	@swift build -c release --product izded
	swift build -c release --product izde-bench
	"$$(swift build -c release --show-bin-path)/izde-bench" quality $(QUALITY)

# What a target learnt stays in .build-fuzz/corpus. An input that ends a run is kept in
# Tests/Fuzz/Crashes, and is tried first from then on.
FUZZ_SECONDS ?= 30
TARGETS ?= $(shell ls Tests/Fuzz | sed -n 's/Target\.swift$$//p' | tr '[:upper:]' '[:lower:]')
fuzz: dependencies
	@export IZDE_FUZZ=1 SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
	swift build -c release --scratch-path .build-fuzz
	failed=
	for target in $(TARGETS); do
	    corpus=.build-fuzz/corpus/$$target crashes=Tests/Fuzz/Crashes/$$target log=.build-fuzz/$$target.log
	    mkdir -p "$$corpus" "$$crashes"
	    .build-fuzz/release/fuzz-$$target -max_total_time=$(FUZZ_SECONDS) -timeout=25 -report_slow_units=25 -rss_limit_mb=2048 -max_len=4096 \
	        -print_final_stats=1 -artifact_prefix="$$crashes/" "$$corpus" "Tests/Fuzz/Seeds/$$target" "$$crashes" \
	        >"$$log" 2>&1 || failed="$$failed $$target"
	    rmdir --ignore-fail-on-non-empty -p "$$crashes"
	    echo "$$target: $$(grep -a 'cov:' "$$log" | tail -1) $$(grep -aE '^Done|SUMMARY|does not hold' "$$log" | head -2)"
	done
	if [ -n "$$failed" ]; then
	    echo "failed:$$failed; see .build-fuzz/TARGET.log, and Tests/Fuzz/Crashes for the inputs" >&2
	    exit 1
	fi

# Leaks are not looked for: caches of the libraries live as long as the program.
sanitize: dependencies
	@export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
	export TSAN_OPTIONS="suppressions=$$PWD/Tests/thread-sanitizer.txt"
	swift test --sanitize=address --scratch-path .build-asan
	swift test --sanitize=thread --scratch-path .build-tsan

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests

demo: programs
	@bin=$(BIN)
	mkdir -p run
	work=$$(mktemp -d run/demo.XXXXXX)
	trap 'kill "$$daemon" 2>/dev/null || true; wait "$$daemon" 2>/dev/null || true; rm -rf "$$work"' EXIT
	show() { echo; echo "\$$ izde $$*"; "$$bin/izde" --socket "$$work/izded.sock" "$$@"; }
	echo
	echo "The indexer reads the sample corpus:"
	"$$bin/izded" build index/sources --data "$$work/data"
	"$$bin/izded" verify "$$work/data"
	"$$bin/izded" serve --data "$$work/data" --socket "$$work/izded.sock" 2>"$$work/izded.log" &
	daemon=$$!
	# Until it has laid out names and translations, for which a search does not wait.
	for _ in $$(seq 300); do
	    if [ -S "$$work/izded.sock" ] && "$$bin/izde" --socket "$$work/izded.sock" status --json | grep -q '"prepared":true'; then break; fi
	    kill -0 "$$daemon" || { cat "$$work/izded.log"; exit 1; }
	    sleep 0.1
	done
	echo
	echo "The daemon answers on $$work/izded.sock:"
	show status
	show университеттердің меморандумы --limit 2
	show форум ректоров в Челябинске --limit 2
	show '"higher education" Singapore' --limit 2
	show ШҚТУ --limit 2
	show EKTU --collection institutions --limit 1
	show name --why Serikbayev university in Ust-Kamenogorsk -n 1
	show name توقايەۆ -n 1
	show name Семипалатинск -n 1
	show '' --mentions ror:02xbhbx68 --limit 4
	show vtvjhfylev --limit 1
	show тағылымдама --collection news --limit 3
	echo
	echo "Stopped. To go on by yourself: README.md, section «By hand»."
