-- Its counts and sums.
n, answered, delivered_low, delivered_high, short, rang, duration, bill_seconds, talk_seconds,
early_media_seconds, ring_seconds, ring_n, setup_seconds, setup_n, wait_seconds, wait_n,
hold_seconds, by_agent, served_in_time, left_soon, legs
