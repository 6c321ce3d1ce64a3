-- As cdr.number_shown, and for functions that run with their owner's rights.
create function cdr.caller_shown(number text) returns text
    language plpgsql
    stable
    strict
    set search_path = pg_catalog, pg_temp
as $$
begin
    if pg_has_role(cdr.reader(), 'cdretl_loader', 'usage') or pg_has_role(cdr.reader(), 'cdretl_owner', 'usage') then
        return number;
    end if;
    return cdr.number_masked(number);
end
$$;

comment on function cdr.caller_shown(text) is
    'A number as whoever asks may see it, also inside functions of the owner: whole for loader and owner, else masked.';
