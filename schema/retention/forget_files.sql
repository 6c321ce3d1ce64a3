-- Names of files, and what was said about them; $1 is what finds the numbers.
update cdr.file set
    name = regexp_replace(name, $1, '0000000', 'g'),
    reason = regexp_replace(reason, $1, '0000000', 'g'),
    warnings = array(
        select regexp_replace(w.warning, $1, '0000000', 'g')
        from unnest(warnings) with ordinality w (warning, place)
        order by w.place)
where name ~ $1 or reason ~ $1 or exists (select 1 from unnest(warnings) w (warning) where w.warning ~ $1);
