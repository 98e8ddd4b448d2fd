create table logout_notices (
    id blob not null primary key,
    client_id blob not null references clients (id),
    user_id blob not null references users (id),
    session_id blob not null,
    created_at bigint not null,
    due_at bigint not null,
    attempts bigint not null,
    sent_at bigint,
    failed_at bigint,
    last_error text
);
insert into logout_notices
    select id, client_id, user_id, session_id, created_at, due_at, attempts, sent_at, failed_at, last_error
    from client_notices where event = 'signed_out' and session_id is not null;
drop table client_notices;
create index logout_notices_due on logout_notices (due_at) where sent_at is null and failed_at is null;
create index logout_notices_by_creation on logout_notices (created_at);
