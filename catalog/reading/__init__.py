"""Files → `Definitions`: YAML with the place of every value, settings, SQL, and what could not be read.

`load` is the way in; `document` is the only reader of YAML.
"""
