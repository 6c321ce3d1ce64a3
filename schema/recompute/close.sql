-- The whole period is finished: its days are of no more use to the next recomputation.
update cdr.recompute_slice s set closed_by_run = $1::integer
from cdr.run r
where r.run_id = s.run_id and s.closed_by_run is null
    and r.ruleset_id = $2::integer and r.program = $3
    and s.period_from = $4::timestamptz and s.period_to = $5::timestamptz
    and s.providers is not distinct from $6::text[]
    and s.categories is not distinct from $7::text[];
