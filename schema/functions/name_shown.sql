-- Names of files and what is said about them: dates and times stand in them, so that only
-- nine digits in a row, behind a +, or as people write a number with its trunk code (067 123 98 76),
-- are a number.
create function cdr.name_shown(name text) returns text
    language plpgsql
    stable
    strict
    set search_path = pg_catalog, pg_temp
    set standard_conforming_strings = on
as $$
begin
    if pg_has_role(current_user, 'cdretl_loader', 'usage') or pg_has_role(current_user, 'cdretl_owner', 'usage') then
        return name;
    end if;
    name := regexp_replace(name,
        '(\(?\m0[1-9][0-9]\)?[- .]{1,2}[0-9])[0-9]{2}[- .]?[0-9]{2}([- .]?[0-9]{2})(?![0-9])', '\1****\2', 'g');
    return regexp_replace(regexp_replace(name,
        '(\+[0-9][- .()0-9\u00a0]{2,})[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*[0-9][- .()\u00a0]*([0-9][- .()\u00a0]*[0-9])(?![0-9])', '\1****\2', 'g'),
        '([0-9]{3,})[0-9]{4}([0-9]{2})(?![0-9])', '\1****\2', 'g');
end
$$;

comment on function cdr.name_shown(text) is 'A file''s name, or a sentence about it, as the reader may see it: numbers masked but for loader and owner.';
