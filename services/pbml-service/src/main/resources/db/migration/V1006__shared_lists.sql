-- Lists of what is shared are ordered by these too; whoever pages through a million reads a page's worth of rows.
CREATE INDEX shared_pattern_recent ON shared_pattern (scope, scope_id, last_us DESC, pattern_id);
CREATE INDEX shared_pattern_support ON shared_pattern (scope, scope_id, support DESC, pattern_id);
