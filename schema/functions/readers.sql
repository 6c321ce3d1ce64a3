-- Who asks, and what he may see of people.

-- name: reader
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

-- name: sees_numbers
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

-- name: sees_agents
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

-- name: agent_label
-- What stands for an employee's name.  Whoever has the key, a row of cdr.secret, can try names:
-- readers have this function, which their views call, and never the key.
create function cdr.agent_label(agent text, key bytea) returns text
    language plpgsql
    immutable
    strict
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return 'agent ' || left(encode(sha256(key || convert_to(agent, 'UTF8')), 'hex'), 8);
end
$$;

comment on function cdr.agent_label(text, bytea) is
    'A label that is the same for a name wherever it stands, made with the key agent_label of cdr.secret.';
