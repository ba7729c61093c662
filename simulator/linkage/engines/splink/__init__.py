"""The engine on Splink: pairs are brought and compared in SQL, by DuckDB or Spark.

Linacre et al. 2022, "Splink: free software for probabilistic record linkage at scale",
https://moj-analytical-services.github.io/splink. Records go into the database as Parquet files
(`columns`); Splink joins them on the groups of each blocking rule (`settings`) and reads the level
of every comparison in SQL (`level_sql`); how often each pattern occurs comes back (`vectors`).
Training and model are Mosaic's own. Its weights go into the database, and the links come out of it
as a Parquet file (`scoring`). Where it runs is DuckDB (`on_duckdb`) or Spark (`on_spark`); nothing
else knows which. No candidate pair is ever held in Python.
"""
