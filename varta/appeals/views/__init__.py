"""Pages of appeals. A view checks the form, calls an action, redirects; it decides nothing."""
