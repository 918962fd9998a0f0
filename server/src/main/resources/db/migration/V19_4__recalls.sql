-- Work: files on tape that people asked for and that have not come yet. A node keeps what it asks of a library as its own by renewing
-- held_until; what nobody holds any more is asked for by another node, or by the same one after a restart.
create table recall (
  storage_id int not null,
  path text collate "C" not null,
  held_until bigint not null,
  expires_at bigint not null,
  primary key (storage_id, path)
);
