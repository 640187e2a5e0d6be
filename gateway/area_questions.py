"""The question about residential areas by what people type, by contract."""

from gateway.questions import Question
from services.contracts.registry import area_finding

AREAS_FIND = Question("registry", "areas.find", area_finding.AreasFind)
