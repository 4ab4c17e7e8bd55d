"""The program from outside, as people and other programs meet it."""
