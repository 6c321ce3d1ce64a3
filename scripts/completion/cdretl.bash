# Bash completion for cdretl.  What it offers is what help says, asked once a shell and
# question, so that it cannot fall behind the program.
# shellcheck shell=bash

declare -gA _cdretl_help

# help's answer to WORDS
_cdretl_ask() {
  [ -n "${_cdretl_help[${*:-_}]:-}" ] || _cdretl_help[${*:-_}]=$(cdretl help "$@" 2>/dev/null)
  printf '%s\n' "${_cdretl_help[${*:-_}]}"
}

# The first words of the command's synopsis: lint, test ... of rules.
_cdretl_words() {
  _cdretl_ask "$1" | sed -n '1 { s/^Usage: cdretl \[options\] [a-z]* //p; q; }' | tr '|' '\n' |
    sed -n 's/^ *\([a-z]\{3,\}\)\( .*\)*$/\1/p'
}

_cdretl() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local commands command='' place=0 values i
  commands=$(_cdretl_ask | awk '/^Commands/ { on = 1; next } /^$/ { on = 0 } on { print $1 }')
  for ((i = 1; i < COMP_CWORD; i++)); do
    if grep -qxF -- "${COMP_WORDS[i]}" <<<"$commands"; then
      command=${COMP_WORDS[i]} place=$i
      break
    fi
  done
  # --by=VALUE comes as three words.
  [ "$word" != = ] || word=
  [ "$before" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}
  case $before in
    --tz)
      mapfile -t COMPREPLY < <(compgen -W "$(find /usr/share/zoneinfo -path '*/[A-Z]*/[A-Z]*' \
        -printf '%P\n' 2>/dev/null)" -- "$word")
      return
      ;;
    --mappings | --spool | --site)
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      return
      ;;
    --*)
      values=$(_cdretl_ask "${command:-load}" "$before" | sed -n 's/^    //p')
      if [ -n "$values" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
        return
      fi
      ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W \
      "$(_cdretl_ask ${command:+"$command"} | awk '/^  --/ { print $1 }')" -- "$word")
  elif [ -z "$command" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands help" -- "$word")
  elif [ "$place" = $((COMP_CWORD - 1)) ] && values=$(_cdretl_words "$command") && [ -n "$values" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}

complete -o filenames -F _cdretl cdretl
