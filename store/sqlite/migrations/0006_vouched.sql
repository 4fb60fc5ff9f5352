-- A workout that is too fast to be true counts once its athlete has said that
-- it was no car.
ALTER TABLE activity ADD COLUMN vouched INTEGER NOT NULL DEFAULT 0;
