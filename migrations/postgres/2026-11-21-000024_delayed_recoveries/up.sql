-- Ways back in for people who lost every other: they wait, and all contacts are told.
create table delayed_recoveries (
    id bytea not null primary key,
    -- Whose account; nobody's, if nothing comes of it.
    user_id bytea references users (id),
    -- Where the link goes once the wait is over.
    address text not null,
    -- From where it was asked for, for those who are told.
    place text not null,
    user_agent text not null,
    language text not null,
    begun_at bigint not null,
    due_at bigint not null,
    -- When all contacts were told, and told again.
    told_at bigint,
    reminded_at bigint,
    -- When the link was sent.
    sent_at bigint,
    expires_at bigint not null,
    ended_at bigint,
    end_reason text
);
create unique index delayed_recoveries_open on delayed_recoveries (user_id) where ended_at is null;
create index delayed_recoveries_by_expiry on delayed_recoveries (expires_at);
-- What the other side said when it took the letter.
alter table outbox add column reply text;
