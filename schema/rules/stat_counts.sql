-- Its counts and sums.
n, answered, delivered_low, delivered_high, short, rang, duration, bill_seconds, bill_n,
talk_seconds, early_media_seconds, pdd_seconds, pdd_n, ring_seconds, ring_n, setup_seconds,
setup_n, wait_seconds, wait_n, hold_seconds, handling_seconds, handling_n, by_agent, served_in_time, left_soon, legs
