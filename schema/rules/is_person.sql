-- Did a person answer u, a call or an attempt?  At least: an answer that may be a machine's
-- is none.
(u.answered and u.category <> all (array(select k.category from cdr.category k where k.is_machine))
    and not (u.confidence = 'ambiguous' and u.alternatives && array(select k.category from cdr.category k where k.is_machine)))
