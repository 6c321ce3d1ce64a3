# embed-sql.awk - the SQL of schema/ as C: awk -v part=c|h -f embed-sql.awk FILE...
#
# schema/merge/keys.sql becomes the symbol sql_merge_keys, so that a statement that is
# missing is a link error; part h declares them, part c defines them.  Besides, part c lists
# them in the order of the arguments, once by kind: migrations, objects (what init keeps,
# by schema/order), statements.  A text's name is its path below schema/, without
# the ending.
#
# A line "-- include rules/calls" stands for schema/rules/calls.sql without its lines of
# comment: a rule that several statements apply is written once.

function name_of(path) {
    sub(/^schema\//, "", path)
    sub(/\.sql$/, "", path)
    return path
}

function symbol_of(name) {
    gsub(/[^a-z0-9]/, "_", name)
    return "sql_" name
}

function kind_of(name) {
    if (name ~ /^migrations\//)
        return "migration"
    return name ~ /^(data|functions|periods|reach|signals|views)\// ? "object" : "statement"
}

function fail(text) {
    print "embed-sql.awk: " text >"/dev/stderr"
    exit 1
}

# Awks disagree about backslashes in replacements: && doubles in all of them, and
# quotes are put back by hand.
function emit(line,    part, n, i) {
    gsub(/\\/, "&&", line)
    n = split(line, part, "\"")
    line = part[1]
    for (i = 2; i <= n; i++)
        line = line "\\\"" part[i]
    printf "    \"%s\\n\"\n", line
}

function emit_line(line, depth,    indent, path, from, got, count) {
    if (line !~ /^ *-- include /) {
        emit(line)
        return
    }
    if (depth > 8)
        fail("includes that include themselves: " line)
    indent = line
    sub(/--.*/, "", indent)
    path = line
    sub(/^ *-- include /, "", path)
    path = "schema/" path ".sql"
    while ((got = (getline from < path)) > 0) {
        count++
        if (from !~ /^ *--/ || from ~ /^ *-- include /)
            emit_line(from == "" ? "" : indent from, depth + 1)
    }
    close(path)
    if (got < 0 || count == 0)
        fail("cannot read " path)
}

function list(kind,    i) {
    printf "\nconst struct sql_text sql_%ss[] = {\n", kind
    for (i = 1; i <= count; i++)
        if (kind_of(name[i]) == kind)
            printf "    { \"%s\", %s },\n", name[i], symbol_of(name[i])
    print "};"
    printf "const size_t sql_%s_count = sizeof sql_%ss / sizeof sql_%ss[0];\n", kind, kind, kind
}

BEGIN {
    print "/* Made by scripts/embed-sql.awk from schema/; do not edit. */"
    if (part == "h") {
        print "#ifndef ETL_DB_SQL_TEXTS_H\n#define ETL_DB_SQL_TEXTS_H\n"
        for (i = 1; i < ARGC; i++)
            if (ARGV[i] ~ /\.sql$/)
                printf "extern const char %s[];\n", symbol_of(name_of(ARGV[i]))
        print "\n#endif"
        exit
    }
    print "#include \"db/sql.h\"\n"
    print "/* Longer than ISO C asks compilers to bear; ours bear it. */"
    print "#pragma GCC diagnostic ignored \"-Woverlength-strings\""
}

FNR == 1 {
    if (count > 0)
        print "    \"\";"
    name[++count] = name_of(FILENAME)
    printf "\nconst char %s[] =\n", symbol_of(name[count])
}

{ emit_line($0, 0) }

END {
    if (part == "h")
        exit
    print "    \"\";"
    list("migration")
    list("object")
    list("statement")
}
