-- rows: what knocking at an element's door last showed, for the files of one class; the line is as the journal writes it.
create table door (
  storage_id int not null, class_id int not null,
  line text not null,
  primary key (storage_id, class_id)
);

-- Which homes have files of a class at an element: samples begin there, at a place that changes from day to day.
create index held_by_class on held (storage_id, class_id, home);
