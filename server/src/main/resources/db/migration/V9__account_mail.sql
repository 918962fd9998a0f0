-- Where to reach an account. Personal data, like identity: outside the journal and the fold, and a row can be erased.
create table account_mail (account text collate "C" primary key, email text not null);
