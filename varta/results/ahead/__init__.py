"""What lies ahead: targets and how they were set, forecasts to the year's end, and what more officers would change."""
