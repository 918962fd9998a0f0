-- Work: copies of signed releases that were handed to a site's own process, and until when it may remove them. What is over was
-- looked at, or is about to be; the act is not undone before.
create table handed (
  act uuid not null,
  file text collate "C" not null,
  until bigint not null,
  primary key (act, file)
);
