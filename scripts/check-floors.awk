# check-floors.awk - hold every #include of etl/ against etl/FLOORS.
#
#   awk -f scripts/check-floors.awk etl/FLOORS etl/*.[ch] etl/*/*.[ch]
#
# Names file, line and reason for a climb to a higher floor, a neighbour on the
# same floor, a library behind the wrong door, and a file that stands on no floor.

function fail(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; failed = 1 }

# etl/rules/decide.c -> rules/decide ; etl/flow.c -> flow
function room(path) { sub(/^etl\//, "", path); sub(/\.[ch]$/, "", path); return path }

# The floor of a room: its own line, or its folder's.
function floor_of(name) {
    if (name in floor) return floor[name]
    sub(/\/.*/, "", name)
    return name in floor ? floor[name] : ""
}

function folder(name) { return sub(/\/.*/, "", name) ? name : "" }

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

END { exit failed }
