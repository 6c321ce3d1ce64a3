#!/usr/bin/env bash
# How texts become symbols (scripts/embed-sql.awk): what would leave a statement out, or let one
# take the place of another, does not build.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

mkdir -p "$work/schema/statements/report" "$work/schema/rules"
cp scripts/embed-sql.awk "$work/"
cd "$work" || exit 2
texts=schema/statements/merge.sql
rule=schema/rules/calls.sql

# embeds PART: what the script makes of the texts and the rule.
embeds() { awk -v part="$1" -v want="${2:-}" -f embed-sql.awk "$texts" "$rule" 2>&1; }
# refuses NAME MESSAGE: the script fails and says MESSAGE.
refuses() {
  local said
  if said=$(embeds c); then bad "$1" "$said"; else
    equal "$1" "embed-sql.awk: $2" "$(grep '^embed-sql.awk:' <<<"$said")"
  fi
}

printf -- '-- What a call is.\n\n-- name: legs\n-- A comment.\nselect *\n\nfrom cdr.leg\n' >"$rule"
printf -- '-- Merging.\n\n-- name: keys\n-- How many?\nselect "a\\b" from (\n    -- include rules/legs\n)\n\n\n-- name: same_rows\nselect 2\n' >$texts
equal 'a symbol a name' 'extern const char sql_merge_keys[];
extern const char sql_merge_same_rows[];' "$(embeds h | grep extern)"
equal 'a text with its comment and its rule' '-- How many?
select "a\b" from (
    select *

    from cdr.leg
)' "$(embeds text merge/keys)"
check 'as C' grep -qxF '    "select \"a\\b\" from (\n"' <(embeds c)
check 'and by its name' grep -qxF '    { "merge/keys", sql_merge_keys },' <(embeds c)
equal 'a rule is none' 0 "$(embeds c | grep -c sql_rules)"
check 'to compile' cc -fsyntax-only -I"$OLDPWD/etl" -I. -x c - < <(mkdir -p db && embeds h >db/sql_texts.h && embeds c)

equal 'a topic is not in the name' 'extern const char sql_report_days[];' "$(
  printf -- '-- name: days\nselect 1\n' >schema/statements/report/overview.sql
  awk -v part=h -f embed-sql.awk schema/statements/report/overview.sql | grep extern
)"

printf -- '-- name: keys\nselect 1\n\n-- name: keys\nselect 2\n' >$texts
refuses 'a name twice' "$texts:4: merge/keys is there twice"
printf -- '-- Merging.\nselect 1\n' >$texts
refuses 'a text without a name' "$texts:2: this text has no line \"-- name: ...\""
printf -- '-- name: keys\n\n-- name: rows\nselect 1\n' >$texts
refuses 'a name without a text' 'merge/keys is empty'
for line in '-- name: ' '-- name: Keys' '-- name:keys' '-- name: two words'; do
  printf '%s\nselect 1\n' "$line" >$texts
  refuses "a name as it is not written: $line" "$texts:1: a name is lower case letters, digits and _: $line"
done
printf -- '-- name: keys\nselect *\n-- include rules/nowhere\n' >$texts
refuses 'a rule that is not there' 'there is no rules/nowhere'
printf -- '-- name: keys\n-- include rules/legs\n' >$texts
printf -- '-- name: legs\n-- include rules/legs\n' >"$rule"
refuses 'a rule that includes itself' 'includes that include themselves: -- include rules/legs'

# What init keeps has an order, which names it all and nothing else.
mkdir schema/views
printf -- '-- name: call\nselect 1\n\n-- name: day\nselect 2\n' >schema/views/calls.sql
ordered() { awk -v part=c -f embed-sql.awk schema/order schema/views/calls.sql 2>&1; }
printf '# day reads nothing\nviews/day\nviews/call\n' >schema/order
equal 'objects in their order' 'views/day views/call' \
  "$(ordered | awk -F '"' '/^const struct sql_text sql_objects/ { on = 1 } /^};/ { on = 0 } on && NF > 2 { print $2 }' | xargs)"
printf 'views/day\n' >schema/order
equal 'one without a place' 'embed-sql.awk: schema/order does not name views/call' "$(ordered | grep '^embed-sql.awk:')"
printf 'views/day\nviews/call\nviews/week\n' >schema/order
equal 'a place without one' 'embed-sql.awk: schema/order names views/week, which is not there' "$(ordered | grep '^embed-sql.awk:')"

finish
