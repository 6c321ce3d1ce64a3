-- Who asks, also inside functions that run with their owner's rights, where current_user is
-- the owner: the role that was set, else whoever logged in.
create function cdr.reader() returns name
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return case when current_setting('role') = 'none' then session_user else current_setting('role')::name end;
end
$$;

comment on function cdr.reader() is 'The role that asks: the one that was set, else the login.';
