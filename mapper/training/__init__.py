"""How the shipped weights are made: labelled text, the encoder and its heads, training, export (extra ``train``)."""
