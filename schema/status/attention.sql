-- Why somebody should look now; no row when all is well.
-- $1 hours after which the last good run is too old.
select why
from cdr.health h
cross join lateral (
    values
        (1, h.last_success_at is null, 'no run has ever done its work'),
        (2, h.last_success_at < now() - $1::numeric * interval '1 hour',
            'the last good run ended ' || round(extract(epoch from now() - h.last_success_at)::numeric / 3600) || ' hours ago'),
        (3, (select exit_code > 1 from cdr.run where finished_at is not null order by run_id desc limit 1),
            'the last run ended with exit code '
                || (select exit_code from cdr.run where finished_at is not null order by run_id desc limit 1)),
        (4, exists (select 1 from cdr.run where finished_at is null and started_at < now() - interval '1 day'),
            'a run began more than a day ago and never ended')
) w(place, applies, why)
where w.applies
order by w.place
