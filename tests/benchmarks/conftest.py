from __future__ import annotations

import pytest

from mapper.gazetteer import open_gazetteer


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()
