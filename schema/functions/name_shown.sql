-- Names of files and what is said about them: dates and times stand in them, so that only
-- nine digits in a row, or behind a +, are a number.
create function cdr.name_shown(name text) returns text
    language plpgsql
    stable
    strict
    set search_path = pg_catalog, pg_temp
as $$
begin
    if pg_has_role(current_user, 'cdretl_loader', 'usage') or pg_has_role(current_user, 'cdretl_owner', 'usage') then
        return name;
    end if;
    return regexp_replace(regexp_replace(name,
        '(\+[0-9][- .()0-9\u00a0]{2,})[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*([0-9][- .()\u00a0]*[0-9])(?![0-9])', '\1****\2', 'g'),
        '([0-9]{3,})[0-9]{4}([0-9]{2})(?![0-9])', '\1****\2', 'g');
end
$$;

comment on function cdr.name_shown(text) is 'A file''s name, or a sentence about it, as the reader may see it: numbers masked but for loader and owner.';
