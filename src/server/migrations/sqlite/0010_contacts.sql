-- Contacts out of imported call logs: that somebody contacted the shop, when and about what; never who.
create table contacts (
    id blob not null,          -- made from the line, so that a log imported twice counts once
    site text not null,
    at_ms integer not null,    -- unix milliseconds
    channel text not null,
    category text,
    document text,
    case_key blob,             -- equal for the contacts of one claim; nothing else can be read from it
    after_help integer,        -- 1: had looked at the help before, 0: had not, null: was not asked
    constraint contacts_pk primary key (id),
    constraint contacts_id_has_128_bits check (length(id) = 16),
    constraint contacts_case_has_64_bits check (case_key is null or length(case_key) = 8),
    constraint contacts_after_help_is_yes_or_no check (after_help is null or after_help in (0, 1))
) strict, without rowid;

create index contacts_by_site on contacts (site, at_ms);
