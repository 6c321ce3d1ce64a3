#!/usr/bin/env bash
# docs.sh [--accept] - help, manual page and README say the same.
#
# The manual page is held against the help by names: commands, options with their arguments,
# exit codes; README by the names of commands.  --accept writes the list of relations anew.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

# The relations of the schema with their comments, as the manual page lists them.
relations() {
  sql "select format(E'.It Ql cdr.%s\\n%s', c.relname,
      regexp_replace(replace(pg_catalog.obj_description(c.oid, 'pg_class'), E'\\\\', E'\\\\e'), '[.] ', E'.\\n', 'g'))
    from pg_catalog.pg_class c
    where c.relnamespace = 'cdr'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
    order by c.relname collate \"C\""
}

# The page of the schema with its list written anew.
schema_page_anew() {
  awk -v list="$work/relations" '
    /^\.\\" end relations/ { while ((getline line <list) > 0) print line; on = 0 }
    !on { print }
    /^\.\\" begin relations/ { on = 1 }' etl/cdretl-schema.7
}
fresh_db
relations >"$work/relations"
if [ "${1:-}" = --accept ]; then
  schema_page_anew >"$work/page" && cp "$work/page" etl/cdretl-schema.7
  exit
fi
check 'the page of the schema lists what there is' diff etl/cdretl-schema.7 <(schema_page_anew)

# "--name ARGUMENT", sorted, of one section of a help text.
options_of_help() {
  awk -v section="$1" '
    /^[A-Z]/ { on = index($0, section) == 1; next }
    on && /^  --/ { print $1 ($2 ~ /^[A-Z:|%]+$/ || $2 ~ /[|]/ ? " " $2 : "") }' | sort
}

# The same of a section of the manual page: .It Fl Fl name Ar ARGUMENT.
options_of_man() {
  awk -v section="$1" '
    /^\.S[hs] / { on = $0 == ".Ss " section; next }
    on && /^\.It .*Fl Fl / {
      text = ""
      for (i = 2; i <= NF; i++) {
        if ($i == "Fl" && $(i + 1) == "Fl") text = "--" $(i + 2)
        if ($i == "Ar") text = text " " $(i + 1)
      }
      print text
    }' etl/cdretl.1 | sort
}

"$CDRETL" --help >"$work/help"
commands=$(awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' "$work/help" | sort)
equal 'reject codes of the manual page' \
  "$(sed -n 's/^ *\[REJECT_[A-Z_]*\] = "\(.*\)",$/\1/p' etl/record/reject.c)" \
  "$(awk '/^\.Sh / { on = /REJECT CODES/; next } on && /^\.It Cm / { print $3 }' etl/cdretl.1)"
equal 'commands of the manual page' "$commands" \
  "$(awk '/^\.Sh / { on = /COMMANDS/; next } on && /^\.Ss / { print $2 }' etl/cdretl.1 | sort)"
equal 'global options of the manual page' "$(options_of_help 'Options of every' <"$work/help")" \
  "$(options_of_man 'Global options')"
for command in $commands; do
  equal "options of $command in the manual page" \
    "$("$CDRETL" "$command" --help | options_of_help 'Options:')" "$(options_of_man "$command")"
  check "$command in the README" grep -qE "\`cdretl .*$command|^\| \`$command" README.md
done

# Examples of the manual are commands that there are, and run where they need no file of the
# reader's and no database.
example() { awk '/^\.Bd -literal/ { on = 1; next } /^\.Ed/ { on = 0 } on && /^cdretl /' etl/*.[157]; }
cp tests/samples/csv/m6-2026-01.csv "$work/history.csv"
mkdir "$work/exports" && cp tests/samples/csv/seed-grid.csv "$work/exports/"
while read -r line; do
  line=${line//dbname=calls/dbname=$PGDATABASE}
  line=${line//service=calls/dbname=$PGDATABASE}
  line=${line//\/srv\/cdr/$work/spool}
  check "an example runs: $line" env -C "$work" bash -c "mkdir -p spool; cdretl() { '$CDRETL' \"\$@\"; }; $line"
done < <(example)
check 'there are examples' test "$(example | wc -l)" -ge 9

header=$(grep -oE 'EXIT_[A-Z_]+ = [0-9]+' etl/base/err.h | awk '{ print $3 }' | sort -n)
equal 'exit codes of the help' "$header" \
  "$(awk '/^Exit codes:/ { on = 1; next } on { gsub(/,/, " "); for (i = 1; $i ~ /^[0-9]+$/; i++) print $i }' "$work/help" | sort -n)"
equal 'exit codes of the manual page' "$header" \
  "$(awk '/^\.Sh / { on = /EXIT STATUS/; next } on && /^\.It / { print $2 }' etl/cdretl.1 | sort -n)"
finish
