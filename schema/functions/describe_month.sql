-- A partition says what its columns are, as cdr.leg does: whoever makes one, or makes one anew.
create function cdr.describe_month(month date) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    partition name := 'leg_' || pg_catalog.to_char(month, 'YYYYMM');
    described record;
begin
    execute format('comment on table cdr.%I is %L', partition,
        'Legs that started in ' || pg_catalog.to_char(month, 'YYYY-MM') || ' (UTC); read cdr.leg.');
    for described in
        select a.attname, pg_catalog.col_description(a.attrelid, a.attnum) as comment
        from pg_catalog.pg_attribute a
        where a.attrelid = 'cdr.leg'::regclass and a.attnum > 0 and not a.attisdropped
    loop
        execute format('comment on column cdr.%I.%I is %L', partition, described.attname, described.comment);
    end loop;
end
$$;

comment on function cdr.describe_month(date) is 'Comments of the partition of a month, as those of cdr.leg.';

revoke all on function cdr.describe_month(date) from public;
