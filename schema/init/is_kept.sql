-- Are the functions, views and definitions those of the program?  Names $1, digests $2.
select not exists (
    select 1
    from unnest($1::text[], $2::text[]) w (name, digest)
    full join cdr.schema_object o on o.name = w.name
    where w.digest is distinct from o.digest
) as is_kept;
