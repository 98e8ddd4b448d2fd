-- Authorization requests that a client pushed (RFC 9126). The key is the digest of the request_uri's secret.
create table pushed_requests (
    id bytea not null primary key,
    client_id bytea not null references clients (id),
    parameters text not null,
    signed boolean not null,
    expires_at bigint not null,
    used_at bigint
);
create index pushed_requests_by_expiry on pushed_requests (expires_at);

-- Identifiers that count once: of client assertions and proofs, by the digest of whose and which.
create table used_ids (
    id bytea not null primary key,
    expires_at bigint not null
);
create index used_ids_by_expiry on used_ids (expires_at);
