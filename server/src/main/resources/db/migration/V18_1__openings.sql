-- rows: what opening a sample of the files of one class as some format last showed at an element.
create table opening (
  storage_id int not null, class_id int not null, format text collate "C" not null,
  line text not null,
  primary key (storage_id, class_id, format)
);
