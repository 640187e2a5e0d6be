"""The process: ``python -m services.reporting.main``."""

from services.chassis.process import serve
from services.reporting.wiring import definition

if __name__ == "__main__":
    serve(definition())
