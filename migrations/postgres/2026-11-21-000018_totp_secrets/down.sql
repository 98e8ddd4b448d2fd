drop table totp_secrets;
