-- The rows of measure_hour m that a reader chose; null: all.  What has none is '(none)'.
(only_carriers is null or m.carrier = any (only_carriers))
and (only_gateways is null or coalesce(m.gateway, '(none)') = any (only_gateways))
and (only_directions is null or coalesce(m.direction, '(none)') = any (only_directions))
and (only_queues is null or coalesce(m.queue, '(none)') = any (only_queues))
and (only_domains is null or coalesce(m.domain, '(none)') = any (only_domains))
