# cdretl - `make help` lists what there is to do.

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= debug
O       := build/$(BUILD)
VERSION := $(shell git describe --always --dirty 2>/dev/null || cat VERSION 2>/dev/null || echo unknown)

PKGS         := jansson libpq yajl zlib libzstd libcrypto
our_cppflags := -D_GNU_SOURCE -Ietl -I$(O) $(shell pkg-config --cflags $(PKGS) 2>/dev/null) \
                -DCDRETL_VERSION='"$(VERSION)"' -DCDRETL_PREFIX='"$(PREFIX)"'
our_cflags   := -std=c11 -g -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wwrite-strings \
                -Wstrict-prototypes -Wmissing-prototypes
our_ldlibs   := -lcsv $(shell pkg-config --libs $(PKGS) 2>/dev/null)

CFLAGS-debug   := -Og -Werror
CFLAGS-release := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong
CFLAGS-asan    := -O1 -Werror -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS-cov     := -O0 --coverage
our_cflags  += $(CFLAGS-$(BUILD))
our_ldflags := $(filter -fsanitize% --coverage,$(CFLAGS-$(BUILD)))

compile = $(CC) $(our_cppflags) $(CPPFLAGS) $(our_cflags) $(CFLAGS) -MMD -MP
link    = $(our_ldflags) $(LDFLAGS) $(our_ldlibs) $(LDLIBS)

SRC  := $(sort $(wildcard etl/*.c etl/*/*.c))
OBJ  := $(SRC:%.c=$(O)/%.o)
SQL  := $(sort $(wildcard schema/*.sql schema/load/*.sql))
ROOM := $(filter-out $(O)/etl/main.o,$(OBJ)) $(O)/sql_texts.o
UNIT := $(patsubst tests/%.c,$(O)/tests/%,$(sort $(wildcard tests/unit/test_*.c tests/property/test_*.c)))
DB   := $(patsubst tests/%.c,$(O)/tests/%,$(sort $(wildcard tests/db/test_*.c)))
FUZZ := $(patsubst tests/%.c,$(O)/tests/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

.DELETE_ON_ERROR:
.SECONDARY:

all: $(O)/cdretl                      ## build the program (BUILD=debug|release|asan|cov)

help:                                 ## this list
	@awk -F ':.*##' '/^[a-z-]+:.*##/ { printf "  %-14s %s\n", $$1, $$2 }' Makefile

$(O)/cdretl: $(OBJ) $(O)/sql_texts.o
	$(CC) -o $@ $^ $(link)

$(O)/%.o: %.c
	@mkdir -p $(@D)
	$(compile) -c -o $@ $<

# The version is compiled into main only, and only main knows when it changed.
$(O)/etl/main.o: $(O)/version
$(O)/version: FORCE
	@mkdir -p $(@D)
	@echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' >$@
FORCE:

$(O)/sql_texts.c: scripts/embed-sql.awk $(SQL)
	@mkdir -p $(@D)
	awk -f scripts/embed-sql.awk $(SQL) >$@

$(O)/sql_texts.o: $(O)/sql_texts.c
	$(compile) -c -o $@ $<

-include $(OBJ:.o=.d) $(UNIT:=.d) $(DB:=.d)
