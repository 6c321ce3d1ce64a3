-- As cdr.number_shown, and for everybody: inside functions that run with their owner's
-- rights all are the owner.  What everything is called by its full name for: this text
-- becomes a part of the reader's query, where his search path counts.
create function cdr.number_masked(number text) returns text
    language sql
    immutable
    parallel safe
as $$
    select case
        when number operator(pg_catalog.~) '^[0-9]{7,14}$' and number operator(pg_catalog.<>) '0000000'
            then pg_catalog.left(number, -6) operator(pg_catalog.||) '****' operator(pg_catalog.||) pg_catalog.right(number, 2)
        when number operator(pg_catalog.~) '^[0-9]*$' and pg_catalog.length(number) operator(pg_catalog.<) 8 then number
        else cdr.text_masked(number)
    end
$$;

comment on function cdr.number_masked(text) is
    'A number without four of its digits, a text with more than six digits without most of them. Extensions are no secret.';
