drop table app_reports;
