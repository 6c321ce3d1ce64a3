-- The keys of cdr.stat_hour, in the order of its columns.
hour, unit, domain, provider, gateway, direction, queue, category, confidence, hangup_cause,
sip_code, disposition, alternatives, naive_category
