#!/usr/bin/env bash
# make install and uninstall: into a staging folder, complete, and gone without a trace.
# shellcheck disable=SC2317 # called by name
# shellcheck source=tests/cli/lib.bash
. "$(dirname "$0")/../lib.bash"

# make's own variables must not leak in from the make that runs the tests.
staged() { env -u MAKEFLAGS -u MAKELEVEL -u BUILD make -s DESTDIR="$work/stage" PREFIX=/opt/cdretl "$@"; }

root=$work/stage/opt/cdretl
check 'install' staged install
for file in bin/cdretl share/man/man1/cdretl.1 share/bash-completion/completions/cdretl \
  share/zsh/site-functions/_cdretl share/cdretl/mappings/categories.json \
  share/cdretl/dashboards/reader.sql lib/systemd/system/cdretl-load.service \
  lib/sysusers.d/cdretl.conf lib/tmpfiles.d/cdretl.conf lib/cdretl/cron lib/cdretl/run; do
  check "installed: $file" test -f "$root/$file"
done
equal 'every mapping file is installed' "$(cd mappings && find . -type f ! -name README.md | sort)" \
  "$(cd "$root/share/cdretl/mappings" && find . -type f | sort)"

# From anywhere, the installed program finds its own mappings.
seed=$PWD/tests/samples/csv/seed-grid.csv
(cd / && exec "$root/bin/cdretl" --json --tz Europe/Kyiv check "$seed") >"$work/installed.json" 2>"$work/err"
equal 'the installed program runs' 0 $?
cdretl --json --tz Europe/Kyiv check "$seed"
equal 'and decides by the same rule set' "$(jq -r .run.ruleset_id "$work/out")" \
  "$(jq -r .run.ruleset_id "$work/installed.json")"

check 'completion is bash' bash -n "$root/share/bash-completion/completions/cdretl"
# offered WORD...: what bash offers behind them, the last of which is begun
offered() {
  # shellcheck disable=SC2016 # the inner shell expands
  PATH=$root/bin:$PATH bash -c '. "$1"; shift; COMP_WORDS=(cdretl "$@"); COMP_CWORD=$#; _cdretl; echo "${COMPREPLY[*]}"' \
    _ "$root/share/bash-completion/completions/cdretl" "$@"
}
check 'completion offers the commands' grep -qw load <<<"$(offered '')"
equal 'completion offers options of a command' '--max-rejects' "$(offered load --max)"
equal 'and global ones in front' '--version' "$(offered --vers)"
equal 'and subcommands' 'lint test cases list table page diff suggest coverage compare new history restore' "$(offered rules '')"
equal 'and keys' 'gateway' "$(offered stats --by ga)"
equal 'behind = too' 'queue' "$(offered stats --by = qu)"
equal 'and carriers of the installed files' 'vega' "$(offered recompute --provider v)"
equal 'and categories' 'CALLER_CANCEL' "$(offered recompute --category CALL)"
equal 'and forms' 'text json' "$(offered load --log-format '')"

# What shall run at night: known to systemd, and shut in.
if command -v systemd-analyze >/dev/null; then
  for unit in "$root"/lib/systemd/system/*; do
    sed -i "s,/opt/cdretl,$root,;/^Documentation=/d" "$unit"
    name=${unit##*/}
    equal "verified: $name" '' "$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify "${unit/@./@x.}" 2>&1 | grep cdretl)"
    [[ $name == *.timer ]] || check "exposure of $name is 3.0 or less" \
      systemd-analyze security --offline=true --threshold=30 --no-pager "$unit"
  done
fi
if command -v zsh >/dev/null; then
  offered_by_zsh() { PATH=$root/bin:$PATH zsh -f tests/cli/program/offered.zsh "$root/share/zsh/site-functions/_cdretl" "$@" | tr '\n' ' '; }
  check 'zsh is offered the commands' grep -qw 'init load .* help' <<<"$(offered_by_zsh '')"
  equal 'options of a command' '--max-rejects ' "$(offered_by_zsh load --max)"
  equal 'and global ones in front' '--version ' "$(offered_by_zsh --vers)"
  equal 'and subcommands' 'lint list ' "$(offered_by_zsh rules li)"
  equal 'and keys' 'gateway ' "$(offered_by_zsh stats --by ga)"
  equal 'behind = too' 'carrier category cause caller ' "$(offered_by_zsh stats --by=ca)"
  equal 'and carriers of the installed files' 'vega ' "$(offered_by_zsh recompute --provider v)"
  equal 'and forms' 'text json ' "$(offered_by_zsh load --log-format '')"
  equal 'and zones' 'Europe/Kyiv ' "$(offered_by_zsh --tz Europe/Kyi)"
  equal 'else files' 'files ' "$(offered_by_zsh load '')"
fi
libraries() { grep -oE '\b(lib[a-z0-9]+|zlib1g)-dev\b' | grep -v libc6 | sort; }
equal 'the package is built with the libraries of scripts/setup' \
  "$(sed -n "/^run=/,/'$/p" scripts/setup | libraries)" \
  "$(sed -n '/^Build-Depends/,/^Standards/p' scripts/debian/control | libraries)"

# What a site put beside ours stays, through an upgrade and to the end.
share=$root/share/cdretl m=mappings
mkdir -p "$share/$m/carriers/ours" "$share/site"
for own in "$m/carriers/ours/provider.json" "$m/fields/ours.json" site/notes.txt; do
  echo own >"$share/$own"
done
echo "$m/rules/00-gone.json" >>"$share/manifest" # of an older version
echo old >"$share/$m/rules/00-gone.json"
echo ../outside >>"$share/manifest"
echo own >"$root/share/outside"
check 'install again' staged install
check "a site's own carrier stays" test -f "$share/$m/carriers/ours/provider.json"
check "a site's own profile stays" test -f "$share/$m/fields/ours.json"
check 'what an older version brought goes' test ! -e "$share/$m/rules/00-gone.json"
check 'uninstall' staged uninstall
equal 'uninstall leaves only what it did not bring' "$m/carriers/ours/provider.json
$m/fields/ours.json
site/notes.txt" "$(cd "$share" && find . -type f -printf '%P\n' | sort)"
check 'and nothing outside' test -f "$root/share/outside"
rm -r "$share" "$root/share/outside"
equal 'uninstall leaves no file' '' "$(find "$work/stage" -type f)"
finish
