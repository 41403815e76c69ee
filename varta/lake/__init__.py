"""The lake: what can be counted of every entry, as Parquet files, one folder for each procedure and step."""
