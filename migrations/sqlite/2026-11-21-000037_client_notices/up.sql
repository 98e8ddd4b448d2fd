-- What clients' servers must be told, of sign-outs and of everything else: an outbox of its own, because what is
-- sent is signed when it leaves.
create table client_notices (
    id blob not null primary key,
    client_id blob not null references clients (id),
    user_id blob not null references users (id),
    session_id blob,
    event text not null,
    details text not null,
    created_at bigint not null,
    due_at bigint not null,
    attempts bigint not null,
    sent_at bigint,
    failed_at bigint,
    last_error text
);
insert into client_notices
    select id, client_id, user_id, session_id, 'signed_out', '{}', created_at, due_at, attempts, sent_at, failed_at,
        last_error
    from logout_notices;
drop table logout_notices;
create index client_notices_due on client_notices (due_at) where sent_at is null and failed_at is null;
create index client_notices_by_creation on client_notices (created_at);
create index client_notices_of_client on client_notices (client_id, created_at);
create index client_notices_of_user on client_notices (user_id);
