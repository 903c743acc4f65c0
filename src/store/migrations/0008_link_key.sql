-- By what a person may be recognised who is registered again: hashes of phone, and of name and year
-- of birth (engine/linkage/link_keys.h). Belongs to the installation, like person. Without a
-- reference to it: made anew from the person, and a million people have two million rows.
CREATE TABLE link_key (
  key BIGINT NOT NULL, -- personal: name
  person_id BIGINT NOT NULL,
  PRIMARY KEY (key, person_id)
);
