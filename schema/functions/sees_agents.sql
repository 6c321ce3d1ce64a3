-- Who sees employees by name: loader, owner, and members of cdretl_supervisor, where somebody
-- has made that role.  To be asked before legs are read: a node does not know who asks.
create function cdr.sees_agents() returns boolean
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return cdr.sees_numbers()
        or to_regrole('cdretl_supervisor') is not null and pg_has_role(cdr.reader(), 'cdretl_supervisor', 'usage');
end
$$;

comment on function cdr.sees_agents() is 'May who asks see employees by name? Loader, owner and members of the role cdretl_supervisor may.';
