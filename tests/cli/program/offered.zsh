# What zsh's completion FILE offers behind WORD..., the last of which is begun: its functions
# of the completion system print what they are given.
file=$1
shift
_call_program() { shift; eval "$@" }
_describe() { print -rl -- "${(@)${(@P)@[-1]}%%:*}" }
compadd() { print -rl -- "${(@P)2}" }
compset() { PREFIX=${PREFIX#*=} }
_files() { print -r -- files "$@" }
_values() { print -rl -- "${@[2,-1]}" }
words=(cdretl "$@") CURRENT=$(($# + 1)) PREFIX=${@[-1]}
set --
# The completion may take a part of the word away from what it completes.
offers=("${(@f)$(source $file; print -r -- "=$PREFIX")}")
for offer in ${offers[1,-2]}; do
  [[ $offer != ${offers[-1]#=}* ]] || print -r -- $offer
done
