"""What a resident sees without an account: report, follow by number and code, feedback."""
