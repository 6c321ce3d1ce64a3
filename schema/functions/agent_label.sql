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
