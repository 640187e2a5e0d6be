"""Questions and the one command about rosters in Excel, by contract."""

from gateway.questions import Question
from services.contracts.registry import imports

IMPORTS_GET = Question("registry", "imports.get", imports.ImportsGet)
IMPORTS = Question("registry", "imports.list", imports.ImportsList)
IMPORT_FAULTS = Question("registry", "imports.faults", imports.ImportFaults)
