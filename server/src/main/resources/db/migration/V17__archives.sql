-- rows: which files lie within which file that is an archive.
create table constituent (
  archive_home bigint not null, archive_leaf bigint not null,
  home bigint not null, leaf bigint not null,   -- of the file within it
  primary key (archive_home, archive_leaf, home, leaf)
);
create index constituent_by_file on constituent (home, leaf, archive_home, archive_leaf);
