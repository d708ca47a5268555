-- Deletes all that is kept of the reader WHO, the first 32 digits of their receipt's SHA-256.
DELETE FROM votes WHERE reader = 'WHO';
DELETE FROM tallies;
INSERT INTO tallies (entry, workaround, signal, count)
SELECT entry, workaround, signal, sum(change) FROM votes GROUP BY entry, workaround, signal;
UPDATE state SET revision = revision + 1;
