"""OASIS Common Alerting Protocol 1.2: alerts in and out."""
