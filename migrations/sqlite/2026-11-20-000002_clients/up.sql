-- Apps, as OAuth sees them.
create table clients (
    id blob not null primary key,
    owner_id blob references users (id),
    -- Who may recognise a person across apps: the pairwise sector when no sector URI is registered.
    team_id blob not null,
    name text not null,
    -- What the client said of itself (RFC 7591 §2), as JSON, checked.
    metadata text not null,
    first_party boolean not null,
    registration_token_digest blob,
    created_at bigint not null,
    updated_at bigint not null,
    live_at bigint,
    -- Tokens that hang on no family are good only when issued after this.
    tokens_not_before bigint,
    suspended_at bigint,
    deleted_at bigint
);
create index clients_of_owner on clients (owner_id);

create table client_secrets (
    id blob not null primary key,
    client_id blob not null references clients (id),
    secret_digest blob not null,
    -- For client_secret_jwt only: an HMAC needs the secret itself.
    sealed_secret blob,
    hint text not null,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint,
    last_used_at bigint
);
create index client_secrets_of_client on client_secrets (client_id);
