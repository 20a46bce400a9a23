-- What an organisation's notices of the last days became, counted without reading the older ones.
create index notices_by_date on notices (organisation_id, created_at);
