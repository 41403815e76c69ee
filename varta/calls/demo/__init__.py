"""The calls and appeals of the demonstration: invented people and events at real places."""
