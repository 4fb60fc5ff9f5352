-- By what the bytes of a document are fetched again, until its message is
-- answered.
ALTER TABLE inbox ADD COLUMN doc_handle BLOB;
