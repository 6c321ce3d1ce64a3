# check-floors.awk - hold every #include of etl/ against etl/FLOORS.
#
#   awk -f scripts/check-floors.awk etl/FLOORS etl/*.[ch] etl/*/*.[ch] etl/*/*/*.[ch]
#
# Names file, line and reason for a climb to a higher floor, a neighbour on the
# same floor, a library behind the wrong door, a file that stands on no floor, and
# for modules that include each other in a circle.  A module is X.c, X.h, X_impl.h.

function fail(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; failed = 1 }

# etl/rules/mapping/cond_json.c -> rules/mapping/cond_json ; etl/flow.c -> flow
function room(path) { sub(/^etl\//, "", path); sub(/\.[ch]$/, "", path); return path }

function module(name) { sub(/_impl$/, "", name); return name }

# The floor of the longest name in FLOORS that NAME is, or lies below.
function floor_of(name) {
    for (;;) {
        if (name in floor) return floor[name]
        if (!sub(/\/[^\/]*$/, "", name)) return ""
    }
}

function folder(name) { return sub(/\/[^\/]*$/, "", name) ? name : "" }

# Walk the includes of NAME; a module met again on the way closes a circle.
function walk(name, trail,    i, count, next_one) {
    if (state[name] == "done") return
    if (state[name] == "open") {
        print "circle of includes:" trail " " name
        failed = 1
        return
    }
    state[name] = "open"
    count = split(includes[name], next_one, " ")
    for (i = 1; i <= count; i++) walk(next_one[i], trail " " name)
    state[name] = "done"
}

FILENAME ~ /FLOORS$/ {
    if ($1 == "floor") for (i = 3; i <= NF; i++) floor[$i] = $2
    if ($1 == "lib") for (i = 3; i <= NF; i++) doors[$2] = doors[$2] " " $i " "
    next
}

FNR == 1 {
    here = room(FILENAME)
    if (floor_of(here) == "") fail("stands on no floor of etl/FLOORS")
}

/^#include "/ {
    split($0, part, "\"")
    there = room("etl/" part[2])
    if (module(there) != module(here))
        includes[module(here)] = includes[module(here)] " " module(there)
    if (floor_of(there) == "") fail("includes " part[2] ", which stands on no floor")
    else if (folder(there) != "" && folder(there) == folder(here)) next
    else if (there == here) next
    else if (floor_of(there) + 0 > floor_of(here) + 0) fail("climbs to " part[2])
    else if (floor_of(there) == floor_of(here)) fail("looks into its neighbour " part[2])
}

/^#include </ {
    header = $0
    sub(/^#include </, "", header)
    sub(/>.*/, "", header)
    for (lib in doors) {
        if (header != lib && index(header, lib "/") != 1) continue
        allowed = 0
        count = split(doors[lib], door, " ")
        for (i = 1; i <= count; i++)
            if (index(here, door[i]) == 1) allowed = 1
        if (!allowed) fail("includes <" header ">, which belongs to" doors[lib])
    }
}

END {
    for (name in includes) walk(name, "")
    exit failed
}
