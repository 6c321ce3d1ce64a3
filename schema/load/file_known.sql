-- Is a file of these bytes loaded?
select exists (
    select 1 from cdr.file where sha256 = decode($1, 'hex') and verdict = 'loaded'
);
