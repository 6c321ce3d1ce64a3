-- Numbers that stay away, and the key of their HMACs; no row when there are none.
select k.key, s.hmac
from cdr.suppression s
cross join cdr.suppression_key k;
