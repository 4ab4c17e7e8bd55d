"""What the tests of the doors to platforms share: the program serving, clocks, a stage, and what is kept."""
