-- Equal for equal subscribers, however the number was written; pseudonyms are equal too.
-- What was erased, masked or withheld is nobody's number.  Full names: this text becomes a
-- part of the reader's query.
create function cdr.number_key(e164 text, number text) returns text
    language sql
    immutable
    parallel safe
as $$
    select case
        when e164 is not null then e164
        when number operator(pg_catalog.~) '^[+]?[0-9]{3,}$' and number operator(pg_catalog.<>) '0000000' then number
    end
$$;

comment on function cdr.number_key(text, text) is
    'What repeat calls of one subscriber share: the number in international form, else as exported. Null: withheld, masked or erased.';
