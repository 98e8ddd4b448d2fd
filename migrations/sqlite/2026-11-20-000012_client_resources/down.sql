drop table client_resources;
