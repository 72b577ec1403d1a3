"""The revisions make what the tables say, and can be taken back and made again."""

from tests.conftest import NAME


def test_the_tables_of_the_code_are_those_of_the_revisions(app):
    checked = app.test_cli_runner().invoke(args=["db", "check"])
    assert checked.exit_code == 0, checked.output


def test_the_first_revision_can_be_taken_back_and_made_again(app, cluster):
    runner = app.test_cli_runner()
    for verb in ("downgrade", "upgrade"):
        ran = runner.invoke(args=["db", verb])
        assert ran.exit_code == 0, (verb, ran.output, ran.exception)
    assert cluster.database(NAME).ask("select count(*) from cases") == [(0,)]
