-- What a group does not count (classes of workouts), and its quiet time in
-- minutes after midnight. The edition is another one whenever somebody shown in
-- the group hides something: a digest that is being made then is made anew.
ALTER TABLE chatgroup ADD COLUMN excluded TEXT NOT NULL DEFAULT '';
ALTER TABLE chatgroup ADD COLUMN quiet_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chatgroup ADD COLUMN quiet_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chatgroup ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;

-- What an athlete hides from every group: classes of workouts, and single ones
-- since when.
ALTER TABLE athlete ADD COLUMN hidden TEXT NOT NULL DEFAULT '';
ALTER TABLE activity ADD COLUMN hidden TEXT;
