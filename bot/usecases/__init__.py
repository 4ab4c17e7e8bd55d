"""What the program does: each use case reads, decides, writes letters and commits, in one transaction."""
