"""Settings: defaults, then a file, then the environment, then flags"""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from caseness.errors import BadSettings
from caseness.settings import Settings, explain, load_settings


@pytest.fixture
def write(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "caseness.toml"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_without_any_source_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings(environment={}) == Settings()
    assert Settings() == Settings(Path("audit-report"), "auto", "3GB", 2, None)


def test_later_sources_win(write):
    path = write('out = "from-file"\ncolour = "always"\nthreads = 3\ndefault_period = "2023-24"')
    settings = load_settings(
        path,
        environment={"CASENESS_THREADS": "4", "CASENESS_MEMORY_LIMIT": "2GiB", "HOME": "/root"},
        flags={"colour": "never", "threads": None},
    )
    assert settings == Settings(Path("from-file"), "never", "2GiB", 4, "2023-24")


def test_the_file_in_the_working_folder_is_read_without_being_named(write, monkeypatch):
    monkeypatch.chdir(write("threads = 5").parent)
    assert load_settings(environment={}).threads == 5


def test_settings_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Settings().threads = 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("thread = 3", "there is no setting 'thread'. Did you mean 'threads'?"),
        ("banana = 3", "Settings are out, colour, memory_limit, threads, default_period, case_key."),
        ("threads = 0", "threads is 0, but it must be a whole number, at least 1"),
        ("threads = true", "threads is True"),
        ("threads = 2.5", "threads is 2.5"),
        ('colour = "blue"', "colour is 'blue', but it must be one of auto, always, never"),
        ("colour = []", "colour is []"),
        ('memory_limit = "lots"', "memory_limit is 'lots', but it must be a size, such as 1500MB or 2GiB"),
        ("memory_limit = 1500", "memory_limit is 1500, but it must be text"),
        ('out = ""', "out is '', but it must be text, and not empty"),
        ("[codes]\nx = 1", "there is no setting 'codes'"),
        ("threads 3", "this is no TOML"),
    ],
)
def test_what_the_file_cannot_set_is_refused_by_file_and_name(write, text, said):
    path = write(text)
    with pytest.raises(BadSettings) as refused:
        load_settings(path, environment={})
    assert str(refused.value).startswith(f"{path}: ")
    assert said in str(refused.value)
    assert refused.value.exit_code == 12


def test_a_file_in_another_encoding_is_refused(write):
    with pytest.raises(BadSettings, match="this is no TOML"):
        load_settings(write('out = "é"', "latin-1"), environment={})


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(BadSettings, match=r"absent.toml: the settings cannot be read: No such file"):
        load_settings(tmp_path / "absent.toml", environment={})


def test_an_unknown_variable_of_the_environment_is_refused_as_it_was_written(write):
    with pytest.raises(BadSettings, match=r"the environment: there is no setting 'CASENESS_THREDS'.*'threads'"):
        load_settings(write(""), environment={"CASENESS_THREDS": "3"})
    with pytest.raises(BadSettings, match="CASENESS_COLOUR is 'blue'"):
        load_settings(write(""), environment={"CASENESS_COLOUR": "blue"})


def test_an_unknown_flag_is_refused(write):
    with pytest.raises(BadSettings, match="the command line: there is no setting 'folder'"):
        load_settings(write(""), environment={}, flags={"folder": "here"})


def test_every_setting_is_explained_once():
    assert list(explain()) == [each.name for each in fields(Settings)]
    assert all(text.endswith(".") for text in explain().values())
