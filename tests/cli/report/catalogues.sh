#!/usr/bin/env bash
# Catalogues of other languages: every sentence of the code and every definition that the
# report shows is in them, with the same {places} and *stars*, nothing is left over, and no
# label grows out of its place.  What a native reader would hear nobody has judged.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

for tool in xgettext msgfmt msgcmp msgattrib; do
  command -v "$tool" >/dev/null || {
    echo "$tool is missing: scripts/setup test installs gettext"
    bad "$tool"
    finish
  }
done

xgettext --from-code=UTF-8 -L C -kSAY:2 -kSAY_N:2,3 -khtml_word:2 -kLANG_MARK:1 -kLANG_MARK_N:1,2 \
  --no-wrap --no-location -o "$work/code.pot" etl/*/*.c etl/*/*/*.c 2>"$work/err"
check 'sentences are found' test "$(grep -c '^msgid ' "$work/code.pot")" -gt 100

# Definitions come out of the database: by the statement that the report sends, and the names
# of what stats compares with before.
fresh_db
{
  sed '/^msgid ""$/,$d' "$work/code.pot"
  printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
  {
    statement report/definitions | psql -XAtq -F $'\n' -f -
    sql "select d.name from cdr.compared_between('2026-06-01', '2026-06-02') c join cdr.kpi_definition d on d.kpi = c.measure"
  } | sort -u | sed 's/["\\]/\\&/g' |
    while IFS= read -r text; do printf '\nmsgid "%s"\nmsgstr ""\n' "$text"; done
} >"$work/definitions.pot"
msgcat --use-first --no-wrap "$work/code.pot" "$work/definitions.pot" -o "$work/all.pot" 2>"$work/err"
check 'so are definitions' test "$(grep -c '^msgid ' "$work/all.pot")" -gt "$(grep -c '^msgid ' "$work/code.pot")"

# places FILE: a line a form, its English and its {places} and stars in order of name; what
# differs between the two.
places() {
  msgcat --no-wrap "$1" | awk '
    function marks(text,    out, n, i, m) {
      n = 0
      while (match(text, /\{[a-z]+\}|\*/)) {
        m[++n] = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
      }
      for (i = 2; i <= n; i++) { j = i; while (j > 1 && m[j - 1] > m[j]) { t = m[j]; m[j] = m[j - 1]; m[j - 1] = t; j-- } }
      for (i = 1; i <= n; i++) out = out m[i]
      return out
    }
    /^msgid / { id = $0 }
    /^msgstr/ && id != "msgid \"\"" && marks(id) != marks($0) { print id " / " $0 }'
}

# In C's locale, where a letter of UTF-8 is its first byte and those that go on.
# long FILE: labels (one line without places, up to 30 letters) that are more than twice as
# long and have over 30 letters; sentences that are more than 1.8 times as long.
long() {
  msgcat --no-wrap "$1" | awk '
    function letters(text) { sub(/^[a-z]+(\[[0-9]\])? "/, "", text); sub(/"$/, "", text)
      gsub(/[\200-\277]/, "", text); return length(text) }
    /^msgid / { id = $0 }
    /^msgstr/ && id != "msgid \"\"" {
      a = letters(id); b = letters($0)
      if ((a <= 30 && b > 30 && b > 2 * a) || (a > 30 && b > 1.8 * a)) print id " / " $0
    }'
}

for lang in uk ru; do
  po=etl/lang/$lang.po
  check "$lang is well formed" msgfmt --check-format --check-domain -o /dev/null "$po"
  check "$lang has every sentence" msgcmp --use-untranslated "$po" "$work/all.pot"
  equal "$lang is translated throughout" '' "$(msgattrib --untranslated --no-obsolete "$po" | grep '^msgid' | tail -n +2)"
  equal "$lang is sure" '' "$(msgattrib --only-fuzzy "$po" | grep '^msgid' | tail -n +2)"
  equal "$lang has the same places" '' "$(places "$po")"
  equal "$lang has room" '' "$(LC_ALL=C long "$po")"
  msgcat --no-wrap "$po" | sed -n 's/^msgid "\(..*\)"$/\1/p' | sort >"$work/has"
  sed -n 's/^msgid "\(..*\)"$/\1/p' "$work/all.pot" | sort >"$work/wants"
  equal "$lang has nothing left over" '' "$(comm -23 "$work/has" "$work/wants")"
done

# Labels of categories come from the mapping files, in all three.
equal 'no category without its labels' 0 "$(sql "select count(*) from cdr.category where '' in (label_en, label_uk, label_ru)")"
finish
