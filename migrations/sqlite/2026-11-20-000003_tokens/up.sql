-- A grant: what this person allows this client. At most one stands at a time.
create table grants (
    id blob not null primary key,
    user_id blob not null references users (id),
    client_id blob not null references clients (id),
    scope text not null,
    created_at bigint not null,
    consented_at bigint not null,
    last_used_at bigint,
    ended_at bigint,
    end_reason text
);
create unique index grants_standing on grants (user_id, client_id) where ended_at is null;
create index grants_of_client on grants (client_id);

-- A token family: one act of authorization. Its key is the code's id, so inserting it redeems the code.
create table token_families (
    id blob not null primary key,
    grant_id blob not null references grants (id),
    client_id blob not null references clients (id),
    user_id blob not null references users (id),
    session_id blob,
    scope text not null,
    resource text,
    claims text,
    acr text not null,
    amr text not null,
    auth_at bigint not null,
    generation bigint not null,
    rotated_at bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    end_reason text
);
create index token_families_of_grant on token_families (grant_id);
create index token_families_of_session on token_families (session_id);
create index token_families_by_expiry on token_families (expires_at);

-- Single access tokens ended before their time; a row goes when its token would have expired.
create table revoked_tokens (
    id blob not null primary key,
    expires_at bigint not null
);
create index revoked_tokens_by_expiry on revoked_tokens (expires_at);
