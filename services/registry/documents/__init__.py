"""Excel workbooks that come in and go out, and what their cells mean."""
