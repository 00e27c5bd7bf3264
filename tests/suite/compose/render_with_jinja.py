"""Renders the cases of jinja.json with Jinja2 itself, as the outside oracle.

Prints a JSON list: for each case the text, or null where Jinja2 refuses. With --write the cases'
`expect` is set to it. Exit status 77: Jinja2 is not installed.
"""
import copy
import json
import sys

try:
    import jinja2
except ImportError:
    sys.exit(77)


def finalize(value):
    """Official texts print truths as words and never null; see src/compose/template.h."""
    if value is True or value is False:
        return "是" if value else "否"
    if value is None or isinstance(value, (list, dict, tuple)):
        raise jinja2.UndefinedError("does not print")
    return value


def render(case, shared):
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, finalize=finalize,
        loader=jinja2.DictLoader(case.get("partials", {})))
    try:
        return environment.from_string(case["template"]).render(copy.deepcopy(case.get("data", shared)))
    except (jinja2.TemplateError, TypeError, ZeroDivisionError, ValueError, RecursionError):
        return None


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        suite = json.load(file)
    cases = suite["cases"]
    texts = [render(case, suite["data"]) for case in cases]
    if "--write" in sys.argv:
        for case, text in zip(cases, texts):
            case["expect"] = text
        with open(path, "w", encoding="utf-8") as file:
            lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
            data = json.dumps(suite["data"], ensure_ascii=False)
            file.write('{"data": ' + data + ',\n"cases": [\n' + lines + "\n]}\n")
    print(json.dumps(texts, ensure_ascii=False))


main()
