-- A registration with a password that never comes here: its salt, iterations and verifier wait for the link to be followed, as a hash does.
ALTER TABLE mail_token ADD COLUMN srp text;
ALTER TABLE mail_token ADD CHECK (phc IS NULL OR srp IS NULL);
