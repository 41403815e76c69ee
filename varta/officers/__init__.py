"""The programme of hromada police officers: who applies, trains, interns and serves, and what hromadas promised."""
