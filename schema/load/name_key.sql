-- The key that names legs without id.
select key from cdr.secret where purpose = 'leg_name';
