"""What all charts are drawn with: frame, layout, labels, files."""
