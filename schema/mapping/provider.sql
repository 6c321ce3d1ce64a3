-- A provider of the mapping files.
insert into cdr.provider (provider, name) values ($1, coalesce($2, $1))
on conflict (provider) do update set name = excluded.name
where cdr.provider.name is distinct from excluded.name;
