-- Which indicators the owner made public. Their figures are computed from claims and stand nowhere.
create table public_indicators (
    site text not null,
    indicator text not null,
    constraint public_indicators_pk primary key (site, indicator)
) strict;

create index claims_by_opened on claims (site, opened_ms);
