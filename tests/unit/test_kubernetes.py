"""The files for Kubernetes are those that docs/scale.md speaks of, and fit each other."""

from typing import Any

import yaml

from tests.support.paths import REPOSITORY

FOLDER = REPOSITORY / "docs/kubernetes"
DOCUMENT = (REPOSITORY / "docs/scale.md").read_text("utf-8")


def read(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((FOLDER / name).read_text("utf-8")))


def test_every_file_is_in_the_document() -> None:
    assert {file.name for file in FOLDER.iterdir() if file.name not in DOCUMENT} == set()


def test_the_run_finds_the_scheduler_and_has_the_image_of_the_workers() -> None:
    (cluster,) = read("dask-cluster.yaml")
    volume, job, policy = read("every-night.yaml")
    (run,) = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    (port,) = [one["port"] for one in cluster["spec"]["scheduler"]["service"]["ports"][:1]]
    # The operator names the service after the cluster.
    assert run["args"][-1] == f"tcp://{cluster['metadata']['name']}-scheduler:{port}"
    images = {
        cluster["spec"][part]["spec"]["containers"][0]["image"] for part in ("scheduler", "worker")
    }
    assert images == {run["image"]}
    claim = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["volumes"][0]
    assert claim["persistentVolumeClaim"]["claimName"] == volume["metadata"]["name"]
    asked_by = policy["spec"]["ingress"][0]["from"][1]["podSelector"]["matchLabels"]
    assert asked_by == job["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"]


def test_options_of_dask_exist() -> None:
    from distributed.cli import dask_scheduler, dask_worker  # noqa: PLC0415  (slow to import)

    (cluster,) = read("dask-cluster.yaml")
    for part, command in (("scheduler", dask_scheduler.main), ("worker", dask_worker.main)):
        (container,) = cluster["spec"][part]["spec"]["containers"]
        given = [*container["command"], *container.get("args", [])][2:]
        known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
        assert {word for word in given if word.startswith("--")} <= known
