-- What was told of each week. A row is written once, with the mails that tell of it.
create table digests (
    site text not null,
    week text not null,           -- its Monday, as YYYY-MM-DD
    lang text not null,
    title text not null,
    body text not null,           -- HTML of our own making
    created_ms integer not null,
    constraint digests_pk primary key (site, week)
) strict;
