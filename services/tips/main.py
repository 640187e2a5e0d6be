"""The process of tips: `python -m services.tips.main`."""

from services.chassis.process import serve
from services.tips.wiring import definition

if __name__ == "__main__":
    serve(definition())
