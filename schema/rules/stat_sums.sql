-- The same of rows that are added (sign 1) or taken away (-1).
sum(sign * n) as n, sum(sign * answered) as answered, sum(sign * delivered_low) as
delivered_low, sum(sign * delivered_high) as delivered_high, sum(sign * short) as short,
sum(sign * rang) as rang, sum(sign * duration) as duration, sum(sign * bill_seconds) as
bill_seconds, sum(sign * bill_n) as bill_n, sum(sign * talk_seconds) as talk_seconds, sum(sign * early_media_seconds) as
early_media_seconds, sum(sign * pdd_seconds) as pdd_seconds, sum(sign * pdd_n) as pdd_n,
sum(sign * ring_seconds) as ring_seconds, sum(sign * ring_n) as ring_n,
sum(sign * setup_seconds) as setup_seconds, sum(sign * setup_n) as setup_n, sum(sign *
wait_seconds) as wait_seconds, sum(sign * wait_n) as wait_n, sum(sign * hold_seconds) as
hold_seconds, sum(sign * handling_seconds) as handling_seconds, sum(sign * handling_n) as
handling_n, sum(sign * by_agent) as by_agent, sum(sign * served_in_time) as served_in_time,
sum(sign * left_soon) as left_soon, sum(sign * legs) as legs
