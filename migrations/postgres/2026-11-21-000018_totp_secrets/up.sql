-- Authenticator apps. The secret is sealed under a key that is not in the store.
create table totp_secrets (
    id bytea not null primary key,
    user_id bytea not null references users (id),
    name text not null,
    sealed_secret bytea not null,
    -- The latest step whose code was accepted: no code of it or of one before counts again.
    last_step bigint not null,
    created_at bigint not null,
    last_used_at bigint
);
create index totp_secrets_of_user on totp_secrets (user_id);
