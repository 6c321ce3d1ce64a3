#!/usr/bin/env bash
# A page of one carrier's rules: its own in the open, the general ones folded.
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"
mine=$work/mappings
cp -r mappings "$mine"
cat >"$mine/rules/66-odd.json" <<'END'
{ "provider": "vega", "rules": [
  { "id": "odd.1", "when": { "release": "remote_refusal", "sip_code": 433, "queue": "a|b_c" },
    "then": { "category": "BUSY", "confidence": "certain" },
    "why": "<script>alert(1)</script> [a](http://x) *b* | \"c\"\nd", "valid": { "to": "2030-01-01" } } ] }
END
export CDRETL_MAPPINGS=$mine
own=$(jq '.rules | length' mappings/rules/65-provider-vega.json)
others=$(jq -r '.rules[].id' mappings/rules/66-provider-intertelecom.json)

exits 'Markdown' 0 rules page vega
check 'is called like the carrier' grep -qx '# Vega' "$work/out"
check 'says how it is recognised' grep -qx 'Numbers that call: 380322327757' "$work/out"
equal 'its own rules stand in the open' "$((own + 1))" \
  "$(sed '/^## General rules/q' "$work/out" | grep -cE '^\| (vega|odd)\.')"
equal 'the general ones are folded, a table each' \
  "$(for f in mappings/rules/*.json; do jq -r 'select(.provider == null) | "x"' "$f"; done | wc -l)" "$(grep -c '^<details>' "$work/out")"
equal 'all of them' "$(jq -s '[.[] | select(.provider == null).rules[]] | length' mappings/rules/*.json)" \
  "$(sed '1,/^## General rules/d; /^## Outcomes/q' "$work/out" | grep -E '^\| [a-z0-9_]+(\.[a-z0-9_.]+)? \|' | grep -vc '^| rule |')"
for id in $others; do
  check "none of another carrier: $id" bash -c "! grep -qF '| $id |' '$work/out'"
done
check 'nothing of it is mark-up' grep -qF '&lt;script>alert(1)&lt;/script> \[a](http://x) \*b\* \| "c" d' "$work/out"
check 'nor of a condition' grep -qF 'queue is a\|b_c, until 2030-01-01' "$work/out"

exits 'HTML' 0 rules page vega --out "$work/vega.html"
check 'is whole, and asks for nothing outside' python3 - "$work/vega.html" <<'END'
import sys
from html.parser import HTMLParser
class Page(HTMLParser):
    open = []
    def handle_starttag(self, tag, attributes):
        assert tag not in ('script', 'img', 'link', 'a'), tag
        if tag != 'meta':
            self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
page = Page()
page.feed(open(sys.argv[1], encoding='utf-8').read())
assert not page.open
END
equal 'its own rules' "$((own + 1))" "$(grep -cE '^<tr><td>(vega|odd)\.' "$work/vega.html")"
check 'its texts are texts' grep -qF '&lt;script&gt;alert(1)&lt;/script&gt;' "$work/vega.html"
exits 'HTML without a file' 0 rules page vega --format html
check 'the same' cmp "$work/out" "$work/vega.html"
exits 'a carrier without rules of its own' 0 rules page internal --format md
exits 'no such carrier' 2 rules page vegaa
says 'no such carrier' 'did you mean "vega"'
exits 'no such form' 2 rules page vega --format pdf
exits 'no carrier' 2 rules page
finish
