"""The report out of Varta: each file here is one form, and each form is a rendering of one Pack."""
