-- What clients' servers must be told of a sign-out (OpenID Connect Back-Channel Logout): an outbox of its own,
-- because what is sent is signed when it leaves.
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
create index logout_notices_due on logout_notices (due_at) where sent_at is null and failed_at is null;
create index logout_notices_by_creation on logout_notices (created_at);
