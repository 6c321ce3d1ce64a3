-- What the merge keeps while it works.
--   same     staged rows that tell exactly what is stored
--   crowd    legs that are told by more than one row, staged or stored
--   merged   what those legs come to, where that is news
--   told     their tellings that still contribute, where the set of them changed
--   retold   the legs whose set of tellings changed
--   touched  calls that change, and hours (since 1970) in which they have legs
create temp table same (leg_key uuid, evidence_hash bigint) on commit drop;
create temp table crowd (leg_key uuid primary key) on commit drop;
create temp table merged (like cdr.leg) on commit drop;
create temp table told (like cdr.leg) on commit drop;
create temp table retold (leg_key uuid) on commit drop;
create temp table touched (call_key uuid, hour bigint) on commit drop;
