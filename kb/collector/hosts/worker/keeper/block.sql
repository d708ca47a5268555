-- Takes back all votes of a reader or network WHO, as `kb votes audit` names it, and takes no more of it today.
INSERT INTO blocked (pseudonym, day) VALUES ('WHO', unixepoch() / 86400) ON CONFLICT DO NOTHING;
INSERT INTO votes (minute, entry, workaround, signal, reader, network, turn, change, cause)
SELECT unixepoch() / 60, entry, workaround, signal, reader, max(network), max(turn) + 1, -1, 'keeper'
FROM votes WHERE 'WHO' IN (reader, network)
GROUP BY reader, entry, workaround, signal HAVING sum(change) > 0;
DELETE FROM tallies;
INSERT INTO tallies (entry, workaround, signal, count)
SELECT entry, workaround, signal, sum(change) FROM votes GROUP BY entry, workaround, signal;
UPDATE state SET revision = revision + 1;
