-- What apps were refused, and why: for whoever develops them. Nothing in it says who a person is.
create table refusals (
    id blob not null primary key,
    client_id blob not null references clients (id),
    endpoint text not null,
    error text not null,
    description text not null,
    cause text,
    trace_id text not null,
    left_out bigint not null,
    refused_at bigint not null
);
create index refusals_of_client on refusals (client_id, refused_at);
create index refusals_by_moment on refusals (refused_at);
