# Bash completion for cdretl.  What it offers is what --help says, asked once a shell
# and command, so that it cannot fall behind the program.
# shellcheck shell=bash

declare -gA _cdretl_help

_cdretl_ask() {
  [ -n "${_cdretl_help[${*:-_}]:-}" ] || _cdretl_help[${*:-_}]=$(cdretl "$@" --help 2>/dev/null)
  printf '%s\n' "${_cdretl_help[${*:-_}]}"
}

_cdretl() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local commands command='' i
  commands=$(_cdretl_ask | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }')
  for ((i = 1; i < COMP_CWORD; i++)); do
    if grep -qxF -- "${COMP_WORDS[i]}" <<<"$commands"; then
      command=${COMP_WORDS[i]}
      break
    fi
  done
  case $before in
    --tz)
      mapfile -t COMPREPLY < <(compgen -W "$(find /usr/share/zoneinfo -path '*/[A-Z]*/[A-Z]*' \
        -printf '%P\n' 2>/dev/null)" -- "$word")
      return
      ;;
    --mappings | --spool)
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      return
      ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W \
      "$(_cdretl_ask ${command:+"$command"} | awk '/^  --/ { print $1 }')" -- "$word")
  elif [ -z "$command" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}

complete -o filenames -F _cdretl cdretl
