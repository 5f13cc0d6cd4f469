"""The reader over many reports: in this process, over processes of this machine, or on a Ray cluster.

The same function runs everywhere (`read_bundle`, `read_split`); an engine only says where.
"""

from onrecord.engines.executor import ENGINES, Executor, Lost, executor
from onrecord.engines.reading import read_all, read_bundle

__all__ = ["ENGINES", "Executor", "Lost", "executor", "read_all", "read_bundle"]
