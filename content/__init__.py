"""What is asked: content packs, their schema and the phrasebook."""
