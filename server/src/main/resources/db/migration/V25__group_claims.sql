-- What was said of somebody's groups when they logged in (decision 0029); null where nothing was.
alter table token add column claim text;
