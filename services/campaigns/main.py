"""The process: ``python -m services.campaigns.main``."""

from services.campaigns.wiring import definition
from services.chassis.process import serve

if __name__ == "__main__":
    serve(definition())
