"""Changes a frozen value as `dataclasses.replace` does, at a tenth of its price: a turn changes its journey often."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace

    changed = replace  # so that the fields' names and types are checked
else:

    def changed(value: Any, **fields: Any) -> Any:
        """Return *value* with other *fields*; of a dataclass that keeps them in a ``__dict__`` and checks nothing."""
        new = object.__new__(type(value))
        new.__dict__.update(value.__dict__)
        new.__dict__.update(fields)
        return new
