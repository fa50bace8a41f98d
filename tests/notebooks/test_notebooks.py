"""Every notebook runs from the first cell to the last, offline, and is kept without outputs."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

import mapper

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

# The kernel is a process of its own, which neither the socket guard nor the import path of the test suite reaches.
PREPARE = f"""
get_ipython().run_line_magic("reset", "-f")
import logging, sys, pytest_socket
pytest_socket.socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
sys.path.insert(0, {str(Path(mapper.__file__).resolve().parents[1])!r})
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # it says when it makes its cache, once a machine
"""


@pytest.fixture(scope="module")
def kernel():
    """Give one kernel for all notebooks: the libraries and the model load once. Each notebook begins without a name."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(FOLDER))
    yield manager
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()


@pytest.fixture(params=[pytest.param(path, id=path.stem) for path in NOTEBOOKS])
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def test_they_are_numbered_in_the_order_to_read_them():
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06", "07"]


def test_the_readme_names_each():
    text = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in NOTEBOOKS if f"notebooks/{path.name}" not in text] == []


# pyzmq's and ipykernel's own warnings as they start and stop are none of ours; the kernel's cells warn in the kernel.
@pytest.mark.filterwarnings("default")
def test_it_runs(notebook, kernel):
    notebook.cells.insert(0, nbformat.v4.new_code_cell(PREPARE))
    client = NotebookClient(notebook, km=kernel, timeout=240)
    try:
        client.execute()
    finally:
        client.kc.stop_channels()
    said = [output for cell in notebook.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    assert said == []


def test_it_is_kept_without_outputs(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_it_uses_only_the_public_verbs(notebook):
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    tree = ast.walk(ast.parse(code))
    used = {n.attr for n in tree if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "mapper"}
    assert used <= set(mapper.__all__)
    assert "mapper." not in " ".join(line for line in code.splitlines() if line.startswith(("import", "from")))


def test_it_is_valid(notebook):
    nbformat.validate(notebook)
