drop table attempts;
drop table linked_devices;
drop table device_codes;
