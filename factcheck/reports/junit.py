"""JUnit XML, for CI systems that show test reports (GitLab, Jenkins and others).

Every finding is a test case: an error is a failure, anything milder passes and is told in its
output. A rule without findings is a case that passed, an input that could not be measured one
that was skipped.
"""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from factcheck.records import Article, Finding, Report
from factcheck.reports.findings import by_id, location, span_location, worst_first
from factcheck.reports.view import View
from factcheck.safe import plain


def render(report: Report, view: View) -> str:
    """The findings of a check as one test suite."""
    articles = by_id(report)
    suite = Element("testsuite", name=report.tool.name)
    names = {rule.id: rule.name for rule in view.rules}
    raised = {finding.rule for finding in view.findings}
    seen: Counter[tuple[str | None, str | None]] = Counter()
    for finding in worst_first(view.findings):
        case = _case(finding, names.get(finding.rule, ""), articles)
        told = (case.get("classname"), case.get("name"))
        seen[told] += 1
        if seen[told] > 1:
            # GitLab takes cases of one name for one case.
            case.set("name", f"{told[1]} ({seen[told]})")
        suite.append(case)
    for rule in view.rules:
        if rule.id not in raised:
            name = plain(f"{rule.id} {rule.name}")
            SubElement(suite, "testcase", classname=report.tool.name, name=name, time="0")
    for record in report.skipped:
        path = plain(record.path)
        case = SubElement(suite, "testcase", classname=path, name="measured", time="0")
        SubElement(case, "skipped", message=plain(f"{record.reason} ({record.code})"))
    suite.attrib |= {
        "tests": str(len(suite)),
        "failures": str(len(suite.findall("testcase/failure"))),
        "errors": "0",
        "skipped": str(len(suite.findall("testcase/skipped"))),
        "time": "0",
    }
    root = Element("testsuites", suite.attrib)
    root.append(suite)
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _case(finding: Finding, name: str, articles: dict[str, Article]) -> Element:
    where = location(finding, articles)
    case = Element(
        "testcase",
        classname=plain(where.path),
        name=plain(" ".join(filter(None, (finding.rule, name, finding.group)))),
        file=plain(where.path),
        time="0",
    )
    if line := where.place.line if where.place else where.line:
        case.set("line", str(line))
    lines = [f"{where}: {finding.message}"]
    for related in finding.related:
        there = span_location(articles[related.article], related.span)
        lines.append(f"{there}: {related.message}")
    if finding.level == "error":
        failure = SubElement(case, "failure", type=plain(finding.rule))
        failure.set("message", plain(finding.message))
        failure.text = "\n".join(map(plain, lines))
    else:
        output = SubElement(case, "system-out")
        output.text = "\n".join(map(plain, [f"{finding.level}: {lines[0]}", *lines[1:]]))
    return case
