"""Pages of residents. Nobody signs in; nothing is kept in the browser but the choice of language and colours."""
