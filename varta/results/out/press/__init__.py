"""The statement for the press: templates that hold no figures, and the text that they give with a frozen report."""
