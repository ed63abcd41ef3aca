// Runs pytest in Pyodide: node run.mjs PROJECT PLACES ARGUMENT...
// PLACES are the directories that Python imports from, besides its own library.
import { delimiter } from "node:path";
import { loadPyodide } from "pyodide";

const [project, places, ...argv] = process.argv.slice(2);
const path = places.split(delimiter);
const python = await loadPyodide({
  env: { HOME: "/tmp", PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1" },
});
for (const place of [project, ...path]) {
  python.FS.mkdirTree(place);
  python.mountNodeFS(place, place);
}
python.FS.chdir(project);
const program = `
import sys
sys.path[:0] = path
import pytest
int(pytest.main([*argv]))
`;
process.exit(python.runPython(program, { globals: python.toPy({ path, argv }) }));
