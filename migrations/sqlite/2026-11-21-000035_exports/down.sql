drop index outbox_of_recipient;
drop table export_parts;
drop table exports;
