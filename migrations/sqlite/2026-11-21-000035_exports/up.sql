-- Copies of what is held about somebody, asked for by them and prepared by a job; the file itself in sealed pieces.
create table exports (
    id blob not null primary key,
    user_id blob not null references users (id),
    language text not null,
    asked_at bigint not null,
    -- Whoever prepares it has it until then.
    claimed_until bigint,
    done bigint not null,
    total bigint not null,
    ready_at bigint,
    size bigint not null,
    expires_at bigint not null
);
create index exports_of_user on exports (user_id);
create index exports_waiting on exports (asked_at) where ready_at is null;
create index exports_by_expiry on exports (expires_at);

create table export_parts (
    export_id blob not null references exports (id),
    position bigint not null,
    sealed_bytes blob not null,
    primary key (export_id, position)
);

-- Letters are part of what is held about whom they went to.
create index outbox_of_recipient on outbox (recipient);
