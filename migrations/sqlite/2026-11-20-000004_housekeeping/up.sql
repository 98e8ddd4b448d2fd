-- Signing keys over time, sealed under the root secret.
create table signing_keys (
    id text not null primary key,
    algorithm text not null,
    sealed_private blob not null,
    public_jwk text not null,
    created_at bigint not null,
    active_at bigint,
    retired_at bigint,
    expires_at bigint
);
create unique index signing_keys_active on signing_keys (algorithm) where active_at is not null and retired_at is null;

-- What waits to be sent. A message may hold a code, so it is sealed.
create table outbox (
    id blob not null primary key,
    channel text not null,
    recipient text not null,
    sealed_message blob not null,
    created_at bigint not null,
    due_at bigint not null,
    attempts bigint not null,
    sent_at bigint,
    failed_at bigint,
    last_error text
);
create index outbox_due on outbox (due_at) where sent_at is null and failed_at is null;
create index outbox_by_creation on outbox (created_at);

-- What happened, for people, developers and operators.
create table activity (
    id blob not null primary key,
    user_id blob,
    client_id blob,
    session_id blob,
    event text not null,
    details text not null,
    address text not null,
    user_agent text not null,
    trace_id text not null,
    happened_at bigint not null
);
create index activity_of_user on activity (user_id, happened_at);
create index activity_of_client on activity (client_id, happened_at);

-- Which instance runs which job.
create table leases (
    name text not null primary key,
    holder text not null,
    until_at bigint not null
);
