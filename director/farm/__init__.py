"""Farms: where takes are shot and judged. A farm a file; `open_farm` knows their names."""

from director.farm.base import Farm, Progress
from director.farm.inline import InlineFarm
from director.farm.local import LocalFarm
from director.farm.machine import core_count
from director.farm.registry import open_farm

__all__ = ["Farm", "InlineFarm", "LocalFarm", "Progress", "core_count", "open_farm"]
