-- What a listing of a storage element finds. All three tables are work: a listing rebuilds them from the element.

-- The listing while it is read and compared; its transactions are short, so that the journal's sequencer never waits for it.
create unlogged table listed (
  storage_id int not null,
  path text collate "C" not null,
  bytes bigint not null,
  primary key (storage_id, path)
);

-- Copies whose bytes the listing did not show, until they have been inspected.
create unlogged table unlisted (
  storage_id int not null,
  home bigint not null, leaf bigint not null,
  primary key (storage_id, home, leaf)
);

-- Bytes that no row of the catalogue names, for people to look at; nothing removes them by itself.
create table dark (
  storage_id int not null,
  path text collate "C" not null,
  bytes bigint not null,
  seen_at bigint not null,               -- the first listing that found it
  listed_at bigint not null,             -- the last
  primary key (storage_id, path)
);

-- Copies on tape that were read from the buffer only: the medium is still to be read.
create index copy_from_buffer on copy (storage_id, proof_at) where state = 'P' and not proof_medium;
