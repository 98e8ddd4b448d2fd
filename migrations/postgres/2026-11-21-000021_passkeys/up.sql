-- Public keys that people prove themselves with (WebAuthn). The counter is part of the credential.
create table passkeys (
    id bytea not null primary key,
    user_id bytea not null references users (id),
    kind text not null,
    credential_id bytea not null,
    credential text not null,
    aaguid bytea,
    name text,
    created_at bigint not null,
    last_used_at bigint
);
create unique index passkeys_by_credential on passkeys (credential_id);
create index passkeys_of_user on passkeys (user_id);
