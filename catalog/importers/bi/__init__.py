"""Workbooks and models of BI tools, kept in the repository → reports with fields, and their queries."""
