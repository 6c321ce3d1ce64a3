# panels.jq - what psql compares: every query of a board ($panels: name, sql) as Grafana would
# send it for $choice (name, from, to, vars), with the statement of that name in $own.
# A query's limit is left out on both sides: which of equals are left out is no figure.
# Without panels: psql's call that makes the choice.
include "expand";

def dollar($tag): "$" + $tag + "$" + . + "$" + $tag + "$";
def list: "array[" + (map(quoted) | join(",")) + "]";
def call($name; $arguments): "select * from " + $name + "(" + ($arguments | join(", ")) + ");";

if $panels == [] then
  call("pg_temp.choose"; [($choice.from | quoted), ($choice.to | quoted),
    ($choice.vars | .carrier, .gateway, .direction, .queue, .domain | list)])
else
  $panels[] | . as $panel
  | ($panel.sql | sub("\nlimit [0-9]+$"; "") | expanded($choice.vars; $choice.from; $choice.to)) as $theirs
  | ($own[0][$panel.name] // "select 'has no statement of its own'" | variables($choice.vars)) as $ours
  | call("pg_temp.compare"; [($panel.name | quoted), ($theirs | dollar("theirs")), ($ours | dollar("ours"))])
end
