# cdretl - `make help` lists what there is to do.
#
# One file, no configure step.  Objects of every variant live side by side in
# build/$(BUILD); the only recursion is into another BUILD.  What packagers and
# users pass (CC, CFLAGS, CPPFLAGS, LDFLAGS, LDLIBS) is added to ours.

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= debug
O       := build/$(BUILD)
RELEASE := 1.0.0-dev
COMMIT  := $(shell cat COMMIT 2>/dev/null || git describe --always --dirty --exclude='*' 2>/dev/null || echo unknown)
VERSION := $(RELEASE) ($(COMMIT))

PKGS         := jansson libpq yajl zlib libzstd libcrypto libutf8proc
our_cppflags := -D_GNU_SOURCE -Ietl -Itests -I$(O) $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
# clang 19 would warn of constants that are enumerators beside a double.
our_cflags   := -std=c11 -g -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wwrite-strings \
                -Wstrict-prototypes -Wmissing-prototypes -Wno-enum-float-conversion
our_ldlibs   := -lcsv $(shell pkg-config --libs $(PKGS) 2>/dev/null)

# Frame pointers and no recovery: the first fault ends the test, with a trace that can be
# read.  No -Werror there: instrumented code draws warnings that the plain build does not.
sanitize       := -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS-debug   := -Og -Werror
# Small functions stand in many files: seeing them all at once makes `check` a sixth
# faster (make bench).  clang would want a linker of its own for that.
lto := $(if $(findstring clang,$(CC)),,-flto=auto)
CFLAGS-release := -O3 $(lto) -D_FORTIFY_SOURCE=2 -fstack-protector-strong
CFLAGS-asan    := -O1 -fsanitize=address,undefined $(sanitize)
CFLAGS-fuzz    := -O1 -fsanitize=fuzzer-no-link,address,undefined $(sanitize)
CFLAGS-cov     := -O0 --coverage
our_cflags  += $(CFLAGS-$(BUILD))
our_ldflags := $(filter -fsanitize% --coverage -flto% -O%,$(CFLAGS-$(BUILD)))

# make V=1 shows whole command lines, make -s nothing
silent  := $(findstring s,$(firstword -$(MAKEFLAGS)))
say      = $(if $(V),,@$(if $(silent),,printf '  %-5s %s\n' $(1) $@;))
compile = $(CC) $(our_cppflags) $(CPPFLAGS) $(our_cflags) $(CFLAGS) -MMD -MP
link    = $(our_ldflags) $(LDFLAGS) $(our_ldlibs) $(LDLIBS)

SRC     := $(sort $(wildcard etl/*.c etl/*/*.c etl/*/*/*.c))
# Migrations by number, what init keeps, what is sent, and the rules that these include.
SQL_KEPT := $(sort $(wildcard $(patsubst %,schema/%/*.sql,data functions periods views)))
SQL_SENT := $(sort $(wildcard schema/statements/*.sql schema/statements/*/*.sql schema/rules/*.sql))
SQL      := $(sort $(wildcard schema/migrations/*.sql)) $(SQL_KEPT) $(SQL_SENT)
SQL_LOST := $(filter-out $(SQL) schema/dashboards/%,$(wildcard schema/*.sql schema/*/*.sql))
$(if $(SQL_LOST),$(error no folder of schema/ that the program reads has $(SQL_LOST)))
# Each migration has a number of its own.
SQL_STEPS := $(foreach file,$(wildcard schema/migrations/*.sql),$(firstword $(subst _, ,$(notdir $(file)))))
$(if $(filter-out $(words $(SQL_STEPS)),$(words $(sort $(SQL_STEPS)))),$(error schema/migrations has a number twice: $(SQL_STEPS)))
PO      := $(sort $(wildcard etl/lang/*.po))
OBJ     := $(SRC:%.c=$(O)/%.o)
MADE    := $(O)/sql_texts.o $(O)/catalogues.o
ROOM    := $(filter-out $(O)/etl/main.o,$(OBJ)) $(MADE)
SUPPORT := $(patsubst %.c,$(O)/%.o,$(sort $(wildcard tests/support/*.c)))
suites   = $(patsubst %.c,$(O)/%,$(sort $(wildcard tests/$(1)/test_*.c tests/$(1)/*/test_*.c)))
UNIT    := $(call suites,unit)
RULES   := $(call suites,rules)
PROP    := $(call suites,property)
DB      := $(call suites,db)
FUZZ    := $(patsubst %.c,$(O)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
BENCH   := $(patsubst %.c,$(O)/%,$(sort $(wildcard tests/bench/*.c)))
SUITES  := $(UNIT) $(RULES) $(PROP) $(DB)
MUTATE  := $(O)/tests/differential/mutate
# Preloaded into a program that knows nothing of it, so the same for every variant; not
# for one whose sanitizer wants to be loaded first.
SHOT    := $(if $(filter asan,$(BUILD)),,$(O)/tests/faults/shot.so)

# Criterion exits 0 on a leak unless ASan aborts (style: checked on 2.4.1).
export ASAN_OPTIONS  ?= abort_on_error=1
export UBSAN_OPTIONS ?= print_stacktrace=1
run = BUILD=$(BUILD) CDRETL=$(CURDIR)/$(O)/cdretl tests/run

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all help setup demo suites compile test test-unit test-rules test-property test-fuzz test-golden golden \
        golden-accept test-cli test-db test-upgrade test-samples asan valgrind check lint format bench fuzz cov \
        histories differential growth install uninstall dist deb test-package compdb clean FORCE

all: $(O)/cdretl                      ## build the program (BUILD=debug|release|asan|cov)

help:                                 ## this list
	@awk -F ':.*##' '/^[a-z-]+:.*##/ { printf "  %-14s %s\n", $$1, $$2 }' Makefile

setup:                                ## install the Debian packages that all of this needs
	scripts/setup run test lint

demo:                                 ## a private PostgreSQL, two weeks of sample calls, the tables
	@$(MAKE) --no-print-directory BUILD=release all
	@scripts/demo run

# --- building ---------------------------------------------------------------

suites: $(SUITES) $(FUZZ) $(SHOT) $(MUTATE)
compile: all suites $(BENCH)          ## build everything, run nothing

$(O)/cdretl: $(OBJ) $(MADE)
	$(call say,LINK)$(CC) -o $@ $^ $(link)

$(O)/%.o: %.c | $(O)/db/sql_texts.h
	@mkdir -p $(@D)
	$(call say,CC)$(compile) -c -o $@ $<

# Version and prefix are compiled into main only, and only main knows when they changed.
main_cppflags := -DCDRETL_VERSION='"$(VERSION)"' -DCDRETL_PREFIX='"$(PREFIX)"'
$(O)/etl/main.o: our_cppflags += $(main_cppflags)
$(O)/etl/main.o: $(O)/version
$(O)/version: FORCE
	@mkdir -p $(@D)
	@echo '$(VERSION) $(PREFIX)' | cmp -s - $@ || echo '$(VERSION) $(PREFIX)' >$@
FORCE:

$(O)/sql_texts.c: scripts/embed-sql.awk $(SQL) schema/order
	@mkdir -p $(@D)
	$(call say,SQL)awk -v part=c -f scripts/embed-sql.awk schema/order $(SQL) >$@

# Written anew only when a name has changed, so that a text does not make everything stale.
$(O)/db/sql_texts.h: $(O)/sql_texts.c
	@mkdir -p $(@D)
	@awk -v part=h -f scripts/embed-sql.awk $(SQL) >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(O)/sql_texts.o: $(O)/sql_texts.c | $(O)/db/sql_texts.h
	$(call say,CC)$(compile) -c -o $@ $<

$(O)/catalogues.c: scripts/embed-po.awk $(PO)
	@mkdir -p $(@D)
	$(call say,PO)awk -f scripts/embed-po.awk $(PO) >$@

$(O)/catalogues.o: $(O)/catalogues.c etl/lang/catalogue.h
	$(call say,CC)$(compile) -c -o $@ $<

# Tests link against an archive: a suite takes the rooms it asks for, no more.
$(O)/rooms.a: $(ROOM) $(SUPPORT)
	@rm -f $@
	$(call say,AR)ar rcs $@ $^

$(O)/tests/fuzz/%: tests/fuzz/%.c tests/fuzz/replay.c $(O)/rooms.a
	@mkdir -p $(@D)
	$(call say,LINK)$(compile) -MT $@ -MF $@.d -o $@ $< \
	  $(if $(filter fuzz,$(BUILD)),-fsanitize=fuzzer,tests/fuzz/replay.c) $(O)/rooms.a $(link)

$(O)/tests/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(call say,LINK)$(compile) -MT $@ -MF $@.d -o $@ $< $(link)

$(MUTATE): $(O)/tests/differential/mutate_csv.o $(O)/tests/differential/mutate_json.o
$(O)/tests/differential/%: tests/differential/%.c $(O)/rooms.a
	@mkdir -p $(@D)
	$(call say,LINK)$(compile) -MT $@ -MF $@.d -o $@ $< $(filter %.o,$^) $(O)/rooms.a $(link)

$(O)/tests/faults/%.so: tests/faults/%.c
	@mkdir -p $(@D)
	$(call say,LINK)$(CC) $(our_cppflags) $(our_cflags) $(CFLAGS) -fPIC -shared -o $@ $< -ldl

$(O)/tests/%: tests/%.c $(O)/rooms.a
	@mkdir -p $(@D)
	$(call say,LINK)$(compile) -MT $@ -MF $@.d -o $@ $< $(O)/rooms.a $(link) -lcriterion -lm

# The corpus of a fuzzer is one archive; scripts/fuzz --keep adds to it.
CORPUS := $(patsubst tests/fuzz/corpus/%.tar.gz,build/fuzz/corpus/%.unpacked,$(sort $(wildcard tests/fuzz/corpus/*.tar.gz)))
corpus: $(CORPUS)
.PHONY: corpus
build/fuzz/corpus/%.unpacked: tests/fuzz/corpus/%.tar.gz
	@rm -rf $(@:.unpacked=) && mkdir -p $(@D)
	$(call say,TAR)tar -C $(@D) -xzf $< && touch $@

# --- testing ----------------------------------------------------------------

# Scripts, the longest first, so that two at a time end together.
SLOW    := tests/upgrade/upgrade.sh tests/cli/exports/samples.sh tests/faults/run.sh $(wildcard tests/dashboards/*.sh) \
           tests/differential/run.sh tests/cli/program/install.sh tests/cli/exports/field.sh tests/cli/load/jobs.sh
SCRIPTS := $(SLOW) $(filter-out $(SLOW),$(sort $(wildcard tests/cli/*/*.sh)) \
           $(addprefix tests/upgrade/,init.sh roles.sh) tests/attacks/run.sh)
# Under the sanitizers, which make a short command five times as dear: whatever reads what
# others wrote, and a walk through each command.  The suites in C see all else.
WATCHED := $(filter $(patsubst %,tests/cli/%.sh,exports/% $(addprefix load/,duplicates large merge rejects twice unload) \
           $(addprefix night/,doctor night spool) $(addprefix program/,outputs refusals) report/stats \
           $(addprefix retention/,forget pseudonym purge) $(addprefix rules/,carrier history mistakes rules)),$(SCRIPTS))
# ONCE=1: what of the database `make asan` has run is left out, but for the samples, of which
# that does less, and for a first suite, which makes the roles that all databases share.
SHELLED := $(if $(filter asan,$(BUILD)),$(WATCHED),$(filter-out \
           $(if $(ONCE),$(filter-out %/samples.sh,$(WATCHED))),$(SCRIPTS)))

test: all suites corpus                    ## every test of one BUILD, the database's under scripts/with-pg
	@status=0; \
	$(run) $(UNIT) $(RULES) $(PROP) $(FUZZ) tests/golden/run.sh || status=1; \
	scripts/with-pg env $(run) $(if $(ONCE),$(firstword $(DB)),$(DB)) $(SHELLED) || status=1; \
	exit $$status

test-unit: $(UNIT)                    ## the rooms one by one
	@$(run) $(UNIT)

test-rules: $(RULES)                  ## the rule cases
	@$(run) $(RULES)

test-property: $(PROP)                ## seeded properties
	@$(run) $(PROP)

test-fuzz: $(FUZZ) corpus             ## replay of the fuzzers' corpus
	@$(run) $(FUZZ)

golden: test-golden
test-golden: all                      ## whole outputs of commands
	@$(run) tests/golden/run.sh

golden-accept: all                    ## rewrite the expected output; review the diff
	@CDRETL=$(CURDIR)/$(O)/cdretl tests/golden/run.sh --accept

test-cli: all                         ## the program as its user meets it
	@scripts/with-pg env $(run) tests/cli/*/*.sh

test-upgrade: all                     ## init on databases of earlier versions, and beside itself
	@scripts/with-pg env $(run) tests/upgrade/init.sh tests/upgrade/upgrade.sh

test-samples: all                     ## every sample export against tests/samples/expected.json
	@scripts/with-pg env $(run) tests/cli/exports/samples.sh

test-db: $(DB) all                    ## loader and schema against a throwaway PostgreSQL
	@scripts/with-pg env $(run) $(DB)

HISTORIES ?= 1000
ENDLESS   := $(O)/tests/db/test_order $(O)/tests/db/test_history
histories: all $(ENDLESS)             ## HISTORIES=1000, twice: overlaps, repeats, recomputations (some minutes)
	@TEST_TIMEOUT=0 CDRETL_HISTORIES=$(HISTORIES) scripts/with-pg env $(run) $(ENDLESS)

differential: all $(MUTATE)           ## MINUTES=10: samples changed by dice through the whole program
	@CDRETL=$(CURDIR)/$(O)/cdretl scripts/with-pg tests/differential/run.sh --minutes $(or $(MINUTES),10) \
	  --seed $$(date +%s)

growth: all                           ## CPU for one, two and four times as much: keys, columns, lists, stars, numbers, files
	@CDRETL=$(CURDIR)/$(O)/cdretl scripts/with-pg tests/bench/growth.sh

faults: all $(SHOT)                   ## kill, interrupt, cut off, crash, fill the disk: at 340 points of a run
	@CDRETL=$(CURDIR)/$(O)/cdretl tests/faults/run.sh --full

asan:                                 ## suites in C and some scripts under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory BUILD=asan test

valgrind: all                         ## the program on a few samples under memcheck
	@$(run) tests/valgrind.sh

check: lint                           ## what a change must pass: lint, test, asan
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory asan

FUZZ_SECONDS ?= 60
fuzz:                                 ## each fuzzer for FUZZ_SECONDS (60), with clang
	@$(MAKE) --no-print-directory BUILD=fuzz CC=clang fuzz-run
.PHONY: fuzz-run
fuzz-run: $(FUZZ)
	@for fuzzer in $(FUZZ); do scripts/fuzz $$fuzzer $(FUZZ_SECONDS) || exit 1; done

cov:                                  ## lines and branches that the tests reach, a file a line
	@find build/cov -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory BUILD=cov test || true
	@scripts/coverage build/cov

bench:                                ## ROWS=1000000 ROUNDS=3: speed and memory beside libcsv, YAJL, \copy
	@$(MAKE) --no-print-directory BUILD=release all bench-tools
	@scripts/with-pg tests/bench/run.sh
.PHONY: bench-tools
bench-tools: $(BENCH)

# --- manners ----------------------------------------------------------------

lint:                                 ## style, sizes, floors, clang-tidy, cppcheck, shellcheck, JSON
	@LINT_FLAGS='-std=c11 $(our_cppflags) -DCDRETL_VERSION="0" -DCDRETL_PREFIX="/"' scripts/lint

format:                               ## clang-format in place
	clang-format -i $(wildcard etl/*.[ch] etl/*/*.[ch] etl/*/*/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch])

compdb:                               ## compile_commands.json for editors
	bear -- $(MAKE) -B compile

# --- installing -------------------------------------------------------------

bindir   := $(DESTDIR)$(PREFIX)/bin
datadir  := $(DESTDIR)$(PREFIX)/share
libdir   := $(DESTDIR)$(PREFIX)/lib
BASHCOMP ?= $(PREFIX)/share/bash-completion/completions
ZSHCOMP  ?= $(PREFIX)/share/zsh/site-functions
MANUAL   := $(wildcard etl/*.[157])
units    := $(notdir $(wildcard scripts/systemd/*.service scripts/systemd/*.timer))
# What names the program's place is told PREFIX.
placed    = sed 's,/usr/bin/cdretl,$(PREFIX)/bin/cdretl,g;s,/usr/lib/cdretl,$(PREFIX)/lib/cdretl,g'

install:                              ## program, mappings, dashboards, manual pages, completion, units under PREFIX
	@$(MAKE) --no-print-directory BUILD=release all
	install -D -m 755 build/release/cdretl $(bindir)/cdretl
	for page in $(MANUAL); do install -D -m 644 $$page $(datadir)/man/man$${page##*.}/$${page##*/} || exit 1; done
	install -D -m 644 scripts/completion/cdretl.bash $(DESTDIR)$(BASHCOMP)/cdretl
	install -D -m 644 scripts/completion/cdretl.zsh $(DESTDIR)$(ZSHCOMP)/_cdretl
	scripts/installed put $(abspath $(datadir))/cdretl
	install -d $(libdir)/cdretl $(libdir)/systemd/system
	for unit in $(units); do $(placed) scripts/systemd/$$unit >$(libdir)/systemd/system/$$unit || exit 1; done
	$(placed) scripts/cron/run >$(libdir)/cdretl/cron
	for script in run on-failure; do $(placed) scripts/systemd/$$script >$(libdir)/cdretl/$$script || exit 1; done
	chmod 755 $(libdir)/cdretl/*
	install -D -m 644 scripts/systemd/sysusers.conf $(libdir)/sysusers.d/cdretl.conf
	install -D -m 644 scripts/systemd/tmpfiles.conf $(libdir)/tmpfiles.d/cdretl.conf

uninstall:                            ## what install put there, and nothing else
	rm -f $(bindir)/cdretl $(DESTDIR)$(BASHCOMP)/cdretl $(DESTDIR)$(ZSHCOMP)/_cdretl
	for page in $(MANUAL); do rm -f $(datadir)/man/man$${page##*.}/$${page##*/}; done
	for unit in $(units); do rm -f $(libdir)/systemd/system/$$unit; done
	rm -f $(libdir)/sysusers.d/cdretl.conf $(libdir)/tmpfiles.d/cdretl.conf
	for script in cron run on-failure; do rm -f $(libdir)/cdretl/$$script; done
	[ ! -d $(libdir)/cdretl ] || find $(libdir)/cdretl -depth -type d -empty -delete
	scripts/installed remove $(abspath $(datadir))/cdretl

dist:                                 ## build/cdretl-RELEASE.tar.gz of what is committed, reproducible
	@scripts/package dist

deb:                                  ## Debian packages of what is committed, into build/deb
	@scripts/package deb

test-package:                         ## build, install, run, upgrade, remove in fresh Debian 12 and 13 (root)
	@tests/package/run

clean:                                ## remove build/ (a running demo is stopped first)
	@test ! -d build/demo || scripts/demo stop
	rm -rf build

-include $(OBJ:.o=.d) $(SUPPORT:.o=.d) $(SUITES:=.d) $(FUZZ:=.d) $(BENCH:=.d) \
         $(wildcard $(O)/tests/differential/*.d)
