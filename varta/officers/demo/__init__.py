"""The programme of the demonstration: invented people on a plausible way, with the figures of October 2019."""
