"""The tools themselves: what a broken result, row or page must come to."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).parent
sys.path.insert(0, str(TOOLS))
sys.dont_write_bytecode = True

import check_api  # noqa: E402
import check_capabilities  # noqa: E402
import check_sources  # noqa: E402
from results import read_results  # noqa: E402

CTEST = """<testsuite>
<testcase name="base" status="run"/><testcase name="store" status="fail"/>
<testcase name="layers" status="run"/><testcase name="gone" status="disabled"/></testsuite>"""
BASE = """<testsuites><testsuite>
<testcase name="Keeps/sqlite" status="run" result="completed" classname="Engines/StoreTest"/>
<testcase name="Keeps/postgres" status="run" result="completed" classname="Engines/StoreTest">
<failure message="x"/></testcase>
<testcase name="Folds" status="run" result="completed" classname="TextTest"/>
<testcase name="Waits" status="run" result="skipped" classname="TextTest"><skipped/></testcase>
</testsuite></testsuites>"""


class Folder(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self._folder.name)
        self.addCleanup(self._folder.cleanup)

    def write(self, name, text):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file


class ResultsTest(Folder):
    def read(self):
        return read_results(self.write("ctest.xml", CTEST), [self.path / "results"])

    def test_counts_cases_and_programs_without_any(self):
        self.write("results/base.xml", BASE)
        self.write("results/layers.results", "passed one\nfailed another one\n")
        results = self.read()
        # base: 2 passed, 1 failed, 1 skipped; layers: 1 and 1; store crashed; gone is disabled.
        self.assertEqual([results.count(s) for s in ("passed", "failed", "skipped")], [3, 3, 2])
        self.assertEqual(results.problems, [])

    def test_a_program_that_dies_after_its_cases_fails(self):
        self.write("results/store.xml", '<testsuite><testcase name="A" classname="S"/></testsuite>')
        self.assertIn(("store", "failed"), self.read().cases)

    def test_a_broken_file_is_a_problem(self):
        self.write("results/base.xml", "<testsuites")
        self.assertEqual(len(self.read().problems), 1)

    def test_why_a_case_failed_is_kept_without_the_runner_s_own_stack(self):
        self.write("results/e2e.xml", """<testsuites><testcase name="one tap" classname="test">
<failure message="m">Error: \x1b[2mtoo late\x1b[22m
    at runner (node:internal/test:1:1) {
  cause: TimeoutError
      at TestContext.none (file:///e2e/tap.test.mjs:2:32)
</failure></testcase></testsuites>""")
        self.assertEqual(self.read().reasons["e2e: one tap"], [
            "Error: too late", "cause: TimeoutError", "at TestContext.none (file:///e2e/tap.test.mjs:2:32)"])

    def test_what_passes_when_run_again_is_unsteady_and_what_fails_again_has_failed(self):
        failed = '<testcase name="{}" classname="test"><failure>{}</failure></testcase>'
        self.write("results/e2e.xml", "<testsuites>" + failed.format("one tap", "late") + failed.format("two taps", "once")
                   + '<testcase name="three" classname="test"/></testsuites>')
        self.write("results/e2e-again.xml", '<testsuites><testcase name="one tap" classname="test"/>'
                   + failed.format("two taps", "twice") + "</testsuites>")
        found = self.read()
        self.assertEqual(found.unsteady, [("e2e: one tap", ["late"])])
        self.assertEqual([found.states(f"e2e: {name}") for name in ("one tap", "two taps", "three")],
                         [["passed"], ["failed"], ["passed"]])
        self.assertEqual(found.reasons, {"e2e: two taps": ["twice"]})

    def test_a_parameterised_test_has_one_name(self):
        self.write("results/base.xml", BASE)
        self.assertEqual(self.read().states("StoreTest.Keeps"), ["passed", "failed"])
        self.assertEqual(self.read().states("StoreTest.Keep"), [])


class CapabilitiesTest(Folder):
    HEADER = "id,state,test,title\n"

    def problems(self, rows):
        self.write("results/base.xml", BASE)
        self.write("results/e2e.xml", '<testsuite><testcase name="e2e: one tap"/></testsuite>')
        results = read_results(self.write("ctest.xml", CTEST), [self.path / "results"])
        rows = check_capabilities.read_rows(self.write("c.csv", self.HEADER + rows))
        return list(check_capabilities.problems(rows, results))

    def test_a_named_test_that_passed(self):
        self.assertEqual(self.problems("A1,shown,TextTest.Folds,x\nA2,shown,e2e: one tap; layers,x\n"), [])

    def test_a_named_test_that_failed_was_skipped_or_is_not_there(self):
        found = self.problems("A1,shown,StoreTest.Keeps,x\nA2,partly,TextTest.Waits,x\n"
                              "A3,shown,TextTest.Folds TextTest.None,x\nA4,open,,x\n")
        self.assertEqual([line.split(":")[0] for line in found],
                         ["capability A1", "capability A2", "capability A3"])

    def test_rows_out_of_form(self):
        for row in ("A1,done,T.A,x", "A1,shown,,x", "A1,open,", "Z1,open,,x", "A1,open,,x\nA1,open,,x"):
            with self.assertRaises(ValueError, msg=row):
                self.problems(row + "\n")


class SourcesTest(unittest.TestCase):
    def messages(self, name, text):
        return [message for _, message in check_sources.findings(name, text)]

    def test_finds_what_it_is_for(self):
        cases = [("src/a.cpp", "int a;\n" * 401), ("docs/a.md", "see /" + "home/somebody/x"),
                 ("src/a.cpp", "// TO" + "DO later"), ("ui/package-lock.json", '  "resolved": "x"'),
                 ("docs/a.md", "from https://" + "registry.example.org/a"),
                 ("src/a_test.cpp", "TEST(A, B) {\n  run();\n}\n"), ("tools/a_test.py", "run()\n")]
        for name, text in cases:
            self.assertEqual(len(self.messages(name, text)), 1, name)

    def test_leaves_the_rest_alone(self):
        cases = [("src/a.cpp", "int a;\n" * 400), ("src/pinyin_table.cpp", "1,\n" * 900),
                 ("src/a.cpp", "// TO" + "DO(#12) later"), ("docs/a.md", "GET /v/home/x and a/work/b"),
                 ("src/a_test.cpp", "TEST(A, B) {\n  EXPECT_TRUE(run());\n}\n")]
        for name, text in cases:
            self.assertEqual(self.messages(name, text), [], name)


class EmbedTest(Folder):
    def embed(self):
        return subprocess.run([TOOLS / "embed_pages.py", self.path / "out", self.path / "dist"],
                              capture_output=True, text=True, check=False)

    def test_bytes_stand_where_the_table_says(self):
        page = "<!doctype html><title>x</title>" + "<p>again</p>" * 50
        self.write("dist/r/index.html", page)
        self.write("dist/assets/a.js", "1")
        self.assertEqual(self.embed().returncode, 0)
        table = (self.path / "out/pages.cpp").read_text()
        blob = (self.path / "out/pages.bin").read_bytes()
        self.assertLess(table.index("/assets/a.js"), table.index("/r/index.html"))
        slices = [(int(a), int(b)) for a, b in re.findall(r"slice\((\d+), (\d+)\)", table)]
        self.assertEqual(len(slices), 4)  # a.js has no twin that is smaller
        start, size = slices[1]
        self.assertEqual(blob[start:start + size].decode(), page)
        self.assertEqual(sum(size for _, size in slices), len(blob))

    def test_an_empty_ui_is_an_error(self):
        self.write("dist/robots.txt", "x")
        self.assertIn("no page", self.embed().stderr)

    def test_an_unknown_kind_of_file_is_an_error(self):
        self.write("dist/index.html", "x")
        self.write("dist/a.xyz", "x")
        self.assertIn(".xyz", self.embed().stderr)


class OldPages(unittest.TestCase):
    """N7: what a page of the last release would stumble over."""

    def api(self, request, response, path="/api/v1/doors", method="post"):
        body = {"content": {"application/json": {"schema": {"type": "object", **request}}}}
        answer = {"content": {"application/json": {"schema": {"type": "object", **response}}}}
        return {"paths": {path: {method: {"requestBody": body, "responses": {"200": answer}}}}}

    def test_what_an_older_page_sends_and_reads(self):
        text, number = {"type": "string"}, {"type": "integer"}
        kinds = {"type": "string", "enum": ["door", "stair"]}
        sent = {"properties": {"name": text, "kind": kinds}, "required": ["name"]}
        read = {"properties": {"id": text, "floor": number}, "required": ["id"]}
        old = self.api(sent, read)
        more = {"properties": {**sent["properties"], "lift": text}, "required": ["name"]}
        wider = {"properties": {**read["properties"], "note": text}, "required": ["id", "note"]}
        self.assertEqual(check_api.stumbles(old, self.api(more, wider)), [])
        for request, response in [
            ({**more, "required": ["name", "lift"]}, wider),
            ({"properties": {"kind": kinds}}, wider),
            ({"properties": {"name": number, "kind": kinds}, "required": ["name"]}, wider),
            ({"properties": {"name": text, "kind": {"type": "string", "enum": ["door"]}}, "required": ["name"]}, wider),
            (more, {"properties": {"floor": number}}),
            (more, {**wider, "required": ["note"]}),
            (more, {"properties": {"id": number, "floor": number}, "required": ["id"]}),
        ]:
            self.assertEqual(len(check_api.stumbles(old, self.api(request, response))), 1, (request, response))
        self.assertEqual(len(check_api.stumbles(old, self.api(more, wider, path="/api/v1/gates"))), 1)


if __name__ == "__main__":
    unittest.main()
