"""Whoever adds a table says whether a group's export holds it; and what is said to be in it has a place there."""

from dialogs.reports.export_shape import Export
from storage.handed_over import EXPORTED, LEFT_OUT
from storage.tables import metadata


def test_each_table_is_exported_or_left_out_with_a_reason():
    assert EXPORTED.keys() | LEFT_OUT.keys() == metadata.tables.keys()
    assert EXPORTED.keys() & LEFT_OUT.keys() == set()
    assert set(EXPORTED.values()) <= set(Export.model_fields)
    assert all(LEFT_OUT.values())
