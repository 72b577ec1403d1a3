"""Production refuses, each with a sentence, what may be fine on a desk."""

import pytest

from app import config
from app.factory import create_app
from tests.conftest import NAME

SAFE = {"EPERIZINAN_ENV": "production", "SECRET_KEY": "x" * 40, "EPERIZINAN_HTTPS": "1"}


@pytest.fixture
def environment(cluster, migrated, tmp_path):
    cluster.copy(migrated, NAME)
    return {**cluster.database(NAME).environment, "EPERIZINAN_VAR": str(tmp_path), **SAFE}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"EPERIZINAN_HTTPS": ""}, "https"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
    ],
)
def test_production_refuses_with_a_sentence(environment, change, word):
    with pytest.raises(config.Misconfigured) as refused:
        create_app({**environment, **change})
    assert word in str(refused.value)


def test_production_refuses_a_secret_that_others_can_read(environment, tmp_path):
    (tmp_path / "secret").write_text("y" * 64)
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(config.Misconfigured) as refused:
        create_app({**environment, "SECRET_KEY": ""})
    assert "chmod 600" in str(refused.value)


def test_production_opens_over_an_empty_database_and_not_over_demonstration_accounts(environment, cluster, furnished):
    name, _ = furnished
    create_app(environment)
    cluster.copy(name, NAME)
    with pytest.raises(config.Misconfigured) as refused:
        create_app(environment)
    assert "akun peragaan" in str(refused.value)


def test_a_plain_address_is_given_the_driver_we_ship():
    assert config.driver("postgresql://u@h/d") == "postgresql+psycopg2://u@h/d"
    assert config.driver("postgresql+psycopg2://u@h/d") == "postgresql+psycopg2://u@h/d"
