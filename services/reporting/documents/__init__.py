"""Official papers: a frozen report as DOCX in the layout of Nghị định 30/2020."""
