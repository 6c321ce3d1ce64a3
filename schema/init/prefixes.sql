-- Who was given which numbers: $1 is what mappings/prefixes.json says, a row a range.
with told as (
    select p.prefix, p.country, p.operator, p.kind
    from jsonb_to_recordset($1::jsonb) as p (prefix text, country text, operator text, kind text)
), gone as (
    delete from cdr.number_prefix n
    where not n.prefix = any (array(select t.prefix from told t))
)
insert into cdr.number_prefix as stored (prefix, country, operator, kind)
select prefix, country, operator, kind from told
on conflict (prefix) do update set
    country = excluded.country,
    operator = excluded.operator,
    kind = excluded.kind
where (stored.country, stored.operator, stored.kind) is distinct from (excluded.country, excluded.operator, excluded.kind);
