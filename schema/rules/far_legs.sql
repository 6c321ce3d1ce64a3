-- And those of calls that reach further: they are known by their starts.
select * from cdr.leg where started_at >= first_leg and started_at < next_leg
union all
select * from cdr.leg
where started_at = any (far_starts) and call_key = any (far_keys) and (started_at < first_leg or started_at >= next_leg)
