-- Is there a file whose legs were not held against those of others?
select exists (select 1 from cdr.file where not is_joined and verdict = 'loaded');
