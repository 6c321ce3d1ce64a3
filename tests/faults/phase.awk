# phase.awk - where in its life the program was, a word for every message of a trace.
#
# A statement is known by the first line of its comment in schema/statements/, or by its verb.
# What is sent between two statements belongs to the one before.

BEGIN {
    word = "start"
    list = "for room in load merge recompute rejects statistics; do sed \"s|^-- name: |-- name: $room/|\" schema/statements/$room.sql; done"
    while ((list | getline line) > 0) {
        if (line ~ /^-- name: /)
            name = substr(line, 10)
        else if (name != "") {
            name_of[substr(line, 4)] = name
            name = ""
        }
    }
}

{
    said = ""
    if (match($0, /-- [^.]*/))
        for (text in name_of)
            if (index($0, text)) {
                said = name_of[text]
                break
            }
    if (word == "end")
        ;
    else if (/^[0-9]+ file: /)
        word = "move"
    else if (word == "move" && /begin|set |select /)
        word = "open"
    else if (said ~ /^(load\/file$|rejects\/|recompute\/(stale_hours|slice_done)$|statistics\/(shared_|groups|replaced|delete|is_left|build))/ || /copy cdr\.reject/)
        word = "statistics"
    else if (said ~ /^(merge\/|load\/(clash|stage$)|statistics\/call_hours|recompute\/(history|call_legs|update|update_calls)$)/ || /copy pg_temp\.(merged|new_version|changed_key|changed)/)
        word = "merge"
    else if (said ~ /^(load\/learn|recompute\/(prepare|slice|crossing|legs|crossing_legs))$/ || /fetch [0-9]+ from legs/)
        word = "read"
    else if (said == "load/run_finish" || said == "statistics/is_unjoined")
        word = "end" # all files are committed
    else if (said == "load/direct" || /copy (cdr\.leg|pg_temp\.stage)/)
        word = "COPY"
    else if (/^[0-9]+ Q.*[^a-z]commit *$/)
        word = word == "statistics" ? "commit" : word
    else if (word == "start" && /begin|set |select /)
        word = "open"
    print word
}
