from __future__ import annotations

import pytest

from mapper.gazetteer import default_path, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer():
    assert default_path().is_file(), "build it first: python -m mapper.gazetteer.build --default"
    return open_gazetteer()
