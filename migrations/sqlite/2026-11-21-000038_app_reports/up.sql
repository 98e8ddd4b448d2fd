-- What people report of apps, for the operator. Who it was is forgotten when they leave.
create table app_reports (
    id blob not null primary key,
    client_id blob not null references clients (id),
    user_id blob references users (id),
    reason text not null,
    details text not null,
    reported_at bigint not null
);
create index app_reports_of_client on app_reports (client_id, reported_at);
create index app_reports_of_user on app_reports (user_id);
