-- Which API answers to which name (RFC 8707): read off the clients' metadata, to be found by the name.
create table client_resources (
    resource text not null,
    client_id blob not null references clients (id) on delete cascade,
    primary key (resource, client_id)
);
create index client_resources_of_client on client_resources (client_id);
insert or ignore into client_resources (resource, client_id)
select named.value, clients.id from clients, json_each(clients.metadata, '$.resources') as named;
