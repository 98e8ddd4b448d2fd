drop table used_ids;
drop table pushed_requests;
