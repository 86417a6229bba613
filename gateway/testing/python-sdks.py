"""Stands in for the official SDKs. Reads a JSON list of programs, runs each that uses one, and prints what it asked."""
import ast
import json
import sys
import types

told = {}


class Recorder:
    def __init__(self, path=""):
        self.path = path

    def __getattr__(self, name):
        return Recorder(f"{self.path}.{name}" if self.path else name)

    def __call__(self, **named):
        told.update({"method": self.path, "arguments": named})
        return Answer()


class Answer:
    def model_dump_json(self, **_):
        return "null"

    def __iter__(self):
        return iter(())


class Client(Recorder):
    def __init__(self, **settings):
        super().__init__()
        told["client"] = settings


for name, member in {"openai": "OpenAI", "anthropic": "Anthropic", "google": "genai", "google.genai": "Client"}.items():
    module = types.ModuleType(name)
    setattr(module, member, Client)
    sys.modules[name] = module
sys.modules["google"].genai = sys.modules["google.genai"]

answers = []
output, sys.stdout = sys.stdout, sys.stderr
for program in json.load(sys.stdin):
    ast.parse(program)
    told.clear()
    if "urllib" not in program:
        exec(compile(program, "program", "exec"), {})
    answers.append(dict(told))
json.dump(answers, output)
