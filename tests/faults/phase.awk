# phase.awk - where in its life the program was, a word for every message of a trace.
#
# A statement is known by the comment that its file in schema/ begins with, or by its verb.
# What is sent between two statements belongs to the one before.

BEGIN { word = "start" }

# The name of the statement that begins with this comment.
FNR == 1 && !named {
    while (("grep -H -m1 '^-- ' schema/load/*.sql schema/merge/*.sql schema/recompute/*.sql schema/rejects/*.sql" | getline line) > 0) {
        name = line
        sub(/:.*/, "", name)
        sub(/^schema\//, "", name)
        sub(/\.sql$/, "", name)
        sub(/^[^:]*:-- /, "", line)
        name_of[line] = name
    }
    named = 1
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
    else if (said ~ /^(load\/stat_|load\/file$|rejects\/|recompute\/(minus|plus|net|hours|stale_hours|apply|slice_done)$)/ || /copy cdr\.reject/)
        word = "statistics"
    else if (said ~ /^(merge\/|load\/(clash|call_hours|stage$)|recompute\/(history|call_legs|update|update_calls)$)/ || /copy pg_temp\.(merged|new_version|changed_key|changed)/)
        word = "merge"
    else if (said ~ /^(load\/(months|file_near|head_known)|recompute\/(prepare|slice|crossing|legs|crossing_legs))$/ || /fetch [0-9]+ from legs/)
        word = "read"
    else if (said == "load/run_finish")
        word = "end"
    else if (/copy (cdr\.leg|pg_temp\.stage)/)
        word = "COPY"
    else if (/^[0-9]+ Q.*[^a-z]commit *$/)
        word = word == "statistics" ? "commit" : word
    else if (word == "start" && /begin|set |select /)
        word = "open"
    print word
}
