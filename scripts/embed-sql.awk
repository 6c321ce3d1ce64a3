# embed-sql.awk - SQL files as C strings: awk -f embed-sql.awk FILE... > sql_texts.c
#
# A text's name is its path below schema/, without the ending: "001_schema",
# "load/stage".  The order of the arguments is kept.
function name_of(path) {
    sub(/^.*schema\//, "", path)
    sub(/\.sql$/, "", path)
    return path
}

function start(path) {
    if (count++)
        print "    },"
    printf "    { \"%s\",\n", name_of(path)
}

BEGIN {
    print "/* Made by scripts/embed-sql.awk from schema/; do not edit. */"
    print "#include \"db/sql.h\"\n"
    print "/* Longer than ISO C asks compilers to bear; ours bear it. */"
    print "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
    print "const struct sql_text sql_texts[] = {"
}

FNR == 1 { start(FILENAME) }

# Awks disagree about backslashes in replacements: && doubles in all of them, and
# quotes are put back by hand.
{
    gsub(/\\/, "&&")
    n = split($0, part, "\"")
    line = part[1]
    for (i = 2; i <= n; i++)
        line = line "\\\"" part[i]
    printf "      \"%s\\n\"\n", line
}

END {
    if (count)
        print "    },"
    print "};\n"
    print "const size_t sql_text_count = sizeof sql_texts / sizeof sql_texts[0];"
}
