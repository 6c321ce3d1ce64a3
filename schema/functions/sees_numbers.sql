create function cdr.sees_numbers() returns boolean
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pg_has_role(cdr.reader(), 'cdretl_loader', 'usage') or pg_has_role(cdr.reader(), 'cdretl_owner', 'usage');
end
$$;

comment on function cdr.sees_numbers() is 'May who asks see numbers whole? Also inside functions that run with their owner''s rights.';
