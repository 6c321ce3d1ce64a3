-- What the recomputation changed, question by question; the words are headings of the page.
-- $1 beginning, $2 end (instants; null: open).
with period as (
    -- include rules/report_days
)
select case c.question when 'answered' then 'The network answered (ASR)' when 'person' then 'A person answered'
        when 'machine' then 'A machine answered' when 'delivered' then 'Network delivered (NER)'
        when 'undetermined' then 'Undetermined' else c.question end as question,
    cdr.percent(c.naive, c.of_n) as naive_share, cdr.percent(c.now_low, c.of_n) as low_share,
    cdr.percent(c.now_high, c.of_n) as high_share, c.gained, c.lost, c.of_n
from period p
cross join lateral cdr.changed_between(p.starts_at, p.ends_at, 'attempt') c
