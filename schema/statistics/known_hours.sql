-- Which of the hours $1 (since 1970) have statistics?
select h from unnest($1::bigint[]) h
where exists (select 1 from cdr.stat_hour s where s.hour = to_timestamp(h * 3600));
