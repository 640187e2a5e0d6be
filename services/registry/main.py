"""The process of the registry: `python -m services.registry.main`."""

from services.chassis.process import serve
from services.registry.wiring import definition

if __name__ == "__main__":
    serve(definition())
