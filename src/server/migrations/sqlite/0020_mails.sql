-- Mails to send. A row is written with what caused it, in one transaction, and is the queue: a restart goes on with it.
-- Of a mail that was sent, subject and body are emptied: they hold codes that open a claim.
create table mails (
    id integer not null,
    key text not null,            -- what caused it: one mail for each
    site text not null,
    claim text,                   -- tracking number of the claim it is about
    recipient text not null,
    lang text not null,
    subject text not null,
    body text not null,
    state text not null,
    attempts integer not null,    -- how often a server was asked to take it
    created_ms integer not null,
    due_ms integer not null,      -- when it is tried next; while sending: when that attempt counts as lost
    ended_ms integer,             -- when it was sent or given up
    problem text not null,        -- what kept the last attempt from ending well
    constraint mails_pk primary key (id),
    constraint mails_one_for_each_cause unique (key),
    constraint mails_state_is_known check (state in ('waiting', 'sending', 'sent', 'failed'))
) strict;

create index mails_due on mails (due_ms, id) where state in ('waiting', 'sending');
create index mails_by_claim on mails (claim) where claim is not null;
create index mails_by_recipient on mails (recipient);
