-- Categories that mappings/categories.json ($1) names no more.
update cdr.category set position = null
where position is not null
    and category <> all (array(select c ->> 'code' from jsonb_array_elements($1::jsonb -> 'categories') c));
