"""The MkDocs plugin, the theme and the pages."""
