-- Accounts whose owners want them removed. Until the day, signing in can take that back.
create table deletions (
    user_id blob not null primary key references users (id),
    asked_at bigint not null,
    due_at bigint not null,
    -- When the last letters were written; from then on there is no way back.
    told_at bigint
);
create index deletions_by_day on deletions (due_at);
