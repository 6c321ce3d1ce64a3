-- The first of the carriers $1 or categories $2 that the database has never seen.
select coalesce(
    (select 'carrier ' || p from unnest($1::text[]) p
     where p not in (select provider from cdr.provider) limit 1),
    (select 'category ' || c from unnest($2::text[]) c
     where c not in (select category from cdr.category) limit 1));
