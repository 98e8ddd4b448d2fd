-- A sign-in that waits for one more proof, in the browser that began it.
create table sign_ins (
    id bytea not null primary key,
    user_id bytea not null references users (id),
    browser_digest bytea not null,
    -- The session it raises; none if it begins one.
    session_id bytea,
    reason text not null,
    first_proof text not null,
    amr text not null,
    wanted_acr text,
    event text not null,
    proved_at bigint not null,
    attempts bigint not null,
    expires_at bigint not null,
    finished_at bigint
);
create index sign_ins_by_expiry on sign_ins (expires_at);

-- Since when two-step verification is on, which way comes first, and to which channels codes may go.
alter table users add column two_step_at bigint;
alter table users add column preferred_factor text;
alter table users add column code_channels text not null default '';
