"""Validates policies, decisions, the catalogue and profiles against docs/schemas; prints what fails."""
import glob
import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML as huice reads it: days and `on` stay text."""


PLAIN = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in PLAIN]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))

FILES = {
    "policy": glob.glob("policies/national/*.yaml") + glob.glob("policies/local/**/*.yaml"),
    "facts": ["policies/facts.yaml"],
    "decision": glob.glob("policies/decisions/*.yaml"),
    "profile": glob.glob("samples/enterprises/*.json") + glob.glob("tests/suite/profiles/*.json"),
}

wrong = 0
for schema, files in FILES.items():
    with open(f"docs/schemas/{schema}.schema.json", encoding="utf-8") as text:
        validator = jsonschema.Draft202012Validator(json.load(text))
    assert files, schema
    for file in files:
        with open(file, encoding="utf-8") as text:
            for error in validator.iter_errors(yaml.load(text, Loader)):
                wrong += 1
                print(f"{file}: {'/'.join(map(str, error.path))}: {error.message[:200]}")
sys.exit(1 if wrong else 0)
