-- What a recomputation keeps while it works: legs whose outcome changes, and
-- the calls they belong to.
create temp table merged (like cdr.leg) on commit drop;
create temp table touched (call_key uuid, hour bigint) on commit drop;
