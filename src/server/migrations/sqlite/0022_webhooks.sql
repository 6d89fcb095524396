-- What another program is told of claims. A row is written by the database itself, in the
-- transaction that adds the entry to the timeline, so that neither exists without the other.
create table webhook_deliveries (
    id integer primary key autoincrement, -- never used again: the receiver knows repeats by it
    claim integer not null,
    entry integer not null,       -- rank of the entry in the claim's timeline
    event text not null,
    state text not null default 'waiting',
    attempts integer not null default 0,
    created_ms integer not null,
    due_ms integer not null,      -- when it is tried next; while sending: when that attempt counts as lost
    ended_ms integer,
    problem text not null default '',
    constraint webhook_deliveries_state_is_known check (state in ('waiting', 'sending', 'sent', 'failed')),
    constraint webhook_deliveries_of_claim foreign key (claim) references claims (number) on delete cascade
) strict;

create index webhook_deliveries_due on webhook_deliveries (due_ms, id) where state in ('waiting', 'sending');
create index webhook_deliveries_by_claim on webhook_deliveries (claim);

create trigger webhook_deliveries_after_entry
after insert on claim_entries
when new.act in ('open', 'complete', 'answer', 'reopen', 'close', 'cancel', 'merge')
begin
    insert into webhook_deliveries (claim, entry, event, created_ms, due_ms)
    values (
        new.claim,
        new.rank,
        case new.act
            when 'open' then 'claim.opened'
            when 'complete' then 'claim.completed'
            when 'answer' then 'claim.answered'
            when 'reopen' then 'claim.reopened'
            else 'claim.closed'
        end,
        new.at_ms,
        new.at_ms
    );
end;
