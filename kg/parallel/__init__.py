"""Reading in many processes, of this machine or of a Dask cluster: the pool, the worker, shards and their manifest."""
