-- What happened is kept for a while: the oldest goes first.
create index activity_by_moment on activity (happened_at);
