#compdef cdretl
# Zsh completion for cdretl.  What it offers is what help says, asked once a shell and
# question, so that it cannot fall behind the program.

typeset -gA _cdretl_help

_cdretl_ask() {
  local key="${*:-_}"
  (( ${+_cdretl_help[$key]} )) || _cdretl_help[$key]="$(_call_program help cdretl help ${(q)@} 2>/dev/null)"
  print -r -- "$_cdretl_help[$key]"
}

_cdretl() {
  local -a commands options values
  local command word place before=${words[CURRENT-1]}
  commands=(${(f)"$(_cdretl_ask | awk '
    /^Commands/ { on = 1; next } /^$/ { on = 0 }
    on { name = $1; $1 = ""; sub(/^ /, ""); gsub(/:/, "\\:"); print name ":" $0 }')"})
  for (( place = 2; place < CURRENT; place++ )); do
    if (( ${commands[(I)${words[place]}:*]} )); then
      command=${words[place]}
      break
    fi
  done
  # --by=VALUE is one word.
  if [[ $PREFIX == --*=* ]]; then
    before=${PREFIX%%=*}
    compset -P 1 '*='
  fi
  case $before in
    --tz) _values zone ${${(f)"$(cd /usr/share/zoneinfo 2>/dev/null && print -l [A-Z]*/[A-Z]*(.N))"}} && return ;;
    --mappings | --spool | --site) _files -/ && return ;;
    --*)
      values=(${(f)"$(_cdretl_ask ${command:-load} $before | sed -n 's/^    //p')"})
      (( $#values )) && compadd -a values && return
      ;;
  esac
  if [[ $PREFIX == -* ]]; then
    options=(${(f)"$(_cdretl_ask $command | awk '/^  --/ {
      name = $1; sub(/^  --[^ ]+( [^ ]+)?  +/, ""); gsub(/:/, "\\:"); print name ":" $0 }')"})
    _describe -t options option options
  elif [[ -z $command ]]; then
    commands+=(help:'Says more of a command')
    _describe -t commands command commands
  elif (( place == CURRENT - 1 )) && values=(${(f)"$(_cdretl_ask $command | sed -n '
      1 { s/^Usage: cdretl \[options\] [a-z]* //p; q; }' | tr '|' '\n' | sed -n 's/^ *\([a-z]\{3,\}\)\( .*\)*$/\1/p')"}) &&
    (( $#values )); then
    compadd -a values
  else
    _files
  fi
}

_cdretl "$@"
