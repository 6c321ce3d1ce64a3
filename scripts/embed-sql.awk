# embed-sql.awk - the SQL of schema/ as C: awk -v part=c|h -f embed-sql.awk [schema/order] FILE...
# or one text of it for psql: awk -v part=text -v want=load/lock -f embed-sql.awk FILE...
#
# A file of migrations/ or data/ is one text, called by its path below schema/ without the
# ending: "data/setting".  Elsewhere a file has many, each under a line "-- name: same_rows",
# and they are called by the folder, statements by the file: one of views/calls.sql is
# "views/call", one of rules/kpis.sql "rules/kpi_sums", one of statements/merge.sql
# "merge/same_rows", one of statements/report/parties.sql "report/agents".  A name that is
# missing, strange or there twice is an error.
#
# "merge/same_rows" becomes the symbol sql_merge_same_rows, so that a statement that is
# missing is a link error; part h declares them, part c defines them.  Besides, part c lists
# them once by kind: migrations and statements in the order of the arguments, objects (what
# init keeps) in that of schema/order, which must name them all.
#
# A line "-- include rules/calls" stands for that rule without its lines of comment: what
# several texts apply is written once.

function fail(text) {
    print "embed-sql.awk: " text >"/dev/stderr"
    failed = 1
    exit 1
}

function symbol_of(name) {
    gsub(/[^a-z0-9]/, "_", name)
    return "sql_" name
}

function kind_of(name) {
    if (name ~ /^migrations\//)
        return "migration"
    if (name ~ /^rules\//)
        return "rule"
    return name ~ /^(data|functions|periods|views)\// ? "object" : "statement"
}

# From here on lines belong to the text NAME.
function begin_text(name,    symbol) {
    blank = 0
    symbol = symbol_of(name)
    if (symbol in taken)
        fail(FILENAME ":" FNR ": " name " is there twice")
    taken[symbol] = 1
    names[++count] = name
    lines[name] = 0
    current = name
}

# The path below schema/ tells whether names stand in the file, and what they begin with.
function begin_file(    path) {
    path = FILENAME
    sub(/^schema\//, "", path)
    sub(/\.sql$/, "", path)
    current = room = ""
    if (path ~ /^(statements|rules|functions|periods|views)\//) {
        room = path
        sub(/^statements\//, "", room)
        sub(/\/.*/, "", room)
        return
    }
    begin_text(path)
}

# Awks disagree about backslashes in replacements: && doubles in all of them, and
# quotes are put back by hand.
function emit(line,    piece, n, i) {
    if (part == "text") {
        print line
        return
    }
    gsub(/\\/, "&&", line)
    n = split(line, piece, "\"")
    line = piece[1]
    for (i = 2; i <= n; i++)
        line = line "\\\"" piece[i]
    printf "    \"%s\\n\"\n", line
}

function emit_line(line, depth,    indent, rule, i, from) {
    if (line !~ /^ *-- include /) {
        emit(line)
        return
    }
    if (depth > 8)
        fail("includes that include themselves: " line)
    indent = line
    sub(/--.*/, "", indent)
    rule = line
    sub(/^ *-- include /, "", rule)
    if (!(rule in lines))
        fail("there is no " rule)
    for (i = 1; i <= lines[rule]; i++) {
        from = text[rule, i]
        if (from !~ /^ *--/ || from ~ /^ *-- include /)
            emit_line(from == "" ? "" : indent from, depth + 1)
    }
}

function emit_text(name,    i) {
    for (i = 1; i <= lines[name]; i++)
        emit_line(text[name, i], 0)
}

function define(name) {
    printf "\nconst char %s[] =\n", symbol_of(name)
    emit_text(name)
    print "    \"\";"
}

function list(kind,    i) {
    printf "\nconst struct sql_text sql_%ss[] = {\n", kind
    for (i = 1; i <= count; i++)
        if (kind_of(names[i]) == kind)
            printf "    { \"%s\", %s },\n", names[i], symbol_of(names[i])
    print "};"
    printf "const size_t sql_%s_count = sizeof sql_%ss / sizeof sql_%ss[0];\n", kind, kind, kind
}

# Objects as they are to be made, in front of all else; each has its place.
function order_objects(    i, n, is_placed, sorted) {
    for (i = 1; i <= nkept; i++) {
        if (!(kept[i] in lines) || kind_of(kept[i]) != "object")
            fail("schema/order names " kept[i] ", which is not there")
        is_placed[kept[i]] = 1
        sorted[++n] = kept[i]
    }
    for (i = 1; i <= count; i++) {
        if (kind_of(names[i]) == "object" && !(names[i] in is_placed))
            fail("schema/order does not name " names[i])
        if (kind_of(names[i]) != "object")
            sorted[++n] = names[i]
    }
    for (i = 1; i <= count; i++)
        names[i] = sorted[i]
}

FILENAME ~ /(^|\/)order$/ {
    sub(/#.*/, "")
    if ($1 != "")
        kept[++nkept] = $1
    next
}

FNR == 1 { begin_file() }

room != "" && /^-- *name *:/ {
    if ($0 !~ /^-- name: [a-z][a-z0-9_]*$/)
        fail(FILENAME ":" FNR ": a name is lower case letters, digits and _: " $0)
    begin_text(room "/" substr($0, 10))
    next
}

# Before the first name a file says what it is for.
current == "" {
    if ($0 != "" && $0 !~ /^--/)
        fail(FILENAME ":" FNR ": this text has no line \"-- name: ...\"")
    next
}

# Blank lines at its end are none of a text's.
{
    if ($0 == "") {
        blank++
        next
    }
    for (; blank > 0; blank--)
        text[current, ++lines[current]] = ""
    text[current, ++lines[current]] = $0
}

END {
    if (failed)
        exit 1
    for (i = 1; i <= count; i++)
        if (lines[names[i]] == 0)
            fail(names[i] " is empty")
    if (part == "text") {
        if (!(want in lines))
            fail("there is no " want)
        emit_text(want)
        exit
    }
    print "/* Made by scripts/embed-sql.awk from schema/; do not edit. */"
    if (part == "h") {
        print "#ifndef ETL_DB_SQL_TEXTS_H\n#define ETL_DB_SQL_TEXTS_H\n"
        for (i = 1; i <= count; i++)
            if (kind_of(names[i]) != "rule")
                printf "extern const char %s[];\n", symbol_of(names[i])
        print "\n#endif"
        exit
    }
    print "#include \"db/sql.h\"\n"
    print "/* Longer than ISO C asks compilers to bear; ours bear it. */"
    print "#pragma GCC diagnostic ignored \"-Woverlength-strings\""
    for (i = 1; i <= count; i++)
        if (kind_of(names[i]) != "rule")
            define(names[i])
    list("migration")
    order_objects()
    list("object")
    list("statement")
}
