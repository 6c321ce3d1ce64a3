#compdef cdretl
# Zsh completion for cdretl.  What it offers is what --help says, asked once a shell and
# command, so that it cannot fall behind the program.

typeset -gA _cdretl_help

_cdretl_ask() {
  local key=${1:-_}
  (( ${+_cdretl_help[$key]} )) || _cdretl_help[$key]="$(_call_program help cdretl $1 --help 2>/dev/null)"
  print -r -- "$_cdretl_help[$key]"
}

_cdretl() {
  local -a commands options
  local command word
  commands=(${(f)"$(_cdretl_ask | awk '
    /^Commands:/ { on = 1; next } /^$/ { on = 0 }
    on { name = $1; $1 = ""; sub(/^ /, ""); gsub(/:/, "\\:"); print name ":" $0 }')"})
  for word in ${words[2,CURRENT-1]}; do
    if (( ${commands[(I)$word:*]} )); then
      command=$word
      break
    fi
  done
  case ${words[CURRENT-1]} in
    --tz) _values zone ${${(f)"$(cd /usr/share/zoneinfo 2>/dev/null && print -l [A-Z]*/[A-Z]*(.N))"}} && return ;;
    --mappings | --spool) _files -/ && return ;;
    --log-format) _values format text json && return ;;
  esac
  if [[ $PREFIX == -* ]]; then
    options=(${(f)"$(_cdretl_ask $command | awk '/^  --/ {
      name = $1; sub(/^  --[^ ]+( [A-Z:|%a-z]+)?  +/, ""); gsub(/:/, "\\:"); print name ":" $0 }')"})
    _describe -t options option options
  elif [[ -z $command ]]; then
    _describe -t commands command commands
  else
    _files
  fi
}

_cdretl "$@"
