#!/usr/bin/env python3
"""tls_swarm.py PROGRAM: a hub that lets in whom its authority has certified, over TLS.

A learner whose certificate is missing, of another authority or expired ends with one clear line, and so does one that
does not know the hub's authority. A worker says once why it waits. Needs nats-server and openssl. Uses only Python's
own modules.
"""
import pathlib
import subprocess
import sys

from swarm_processes import Kept, expect_more_games, free_ports, need, run_test, stop_and_check

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


def openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def make_authority(name):
    openssl("req", "-x509", *KEY, "-keyout", f"{name}.key", "-out", f"{name}.crt", "-subj", f"/CN={name}", "-days", "2")


def certify(name, authority, days="2", more=""):
    pathlib.Path("extensions").write_text(more)
    openssl("req", "-new", *KEY, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
    openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.crt", "-CAkey", f"{authority}.key",
            "-CAcreateserial", "-days", days, "-out", f"{name}.crt", "-extfile", "extensions")


def make_certificates():
    make_authority("club")
    make_authority("foreign")
    certify("hub", "club", more="subjectAltName = IP:127.0.0.1")
    for name in ["learner", "ann", "ben"]:
        certify(name, "club")
    certify("stranger", "foreign")
    certify("expired", "club", days="-1")


def options(url, authority, name):
    own = ["--cert", f"{name}.crt", "--key", f"{name}.key"] if name else []
    return ["--hub", url, "--ca", f"{authority}.crt", *own]


def refused_learner(what, hub, words):
    done = subprocess.run([PROGRAM, "train", "--dir", "other", "--size", "5", "--net", "b1c8", "--run", "club", *hub],
                          capture_output=True, text=True, timeout=60)
    errors = [line for line in done.stderr.splitlines() if "tls://" in line or ".crt" in line or "--" in line]
    assert done.returncode == 2 and len(errors) == 1, f"{what}: exit code {done.returncode}: {done.stderr}"
    assert words in errors[0], f"{what}: {errors[0]}"
    print(f"a learner with {what}: exit code {done.returncode}: {errors[0]}", flush=True)


def waiting_worker(swarm, kept, what, name, hub, words):
    swarm.add_worker(name, hub)
    swarm.start(name)

    def said():
        return [line for line in swarm.all_lines(name) if words in line]
    assert kept.look_until(said, 20) is not None, f"{what}: {swarm.log(name)}"
    kept.look_for(3)
    assert len(said()) == 1 and swarm.runs(name), f"{what}: {swarm.log(name)}"
    print(f"a worker with {what}: {said()[0].strip()}", flush=True)


def check(swarm):
    make_certificates()
    port = free_ports(1)[0]
    url = f"tls://127.0.0.1:{port}"
    swarm.add_hub(f'listen: 127.0.0.1:{port}\nmax_payload: 1MB\njetstream {{ store_dir: "js", max_file_store: 8GB }}\n'
                  'tls { cert_file: "hub.crt", key_file: "hub.key", ca_file: "club.crt", verify: true }\n')
    swarm.add_learner(options(url, "club", "learner"))
    for name in ["ann", "ben"]:
        swarm.add_worker(name, options(url, "club", name))
    swarm.start_all()
    kept = Kept()
    expect_more_games(swarm, kept)
    refusals = {"no certificate": (options(url, "club", ""), "give one by --cert"),
                "a certificate of another authority": (options(url, "club", "stranger"), "not take this --cert"),
                "an expired certificate": (options(url, "club", "expired"), "not take this --cert"),
                "another authority": (options(url, "foreign", "learner"), "unable to get local issuer")}
    for what, (hub, words) in refusals.items():
        refused_learner(what, hub, words)
    refused_learner("no TLS", ["--hub", url.replace("tls:", "nats:")], "--ca, with tls://")
    refused_learner("a missing file", options(url, "club", "nobody"), "nobody.crt")
    refused_learner("a certificate without its key", options(url, "club", "ann")[:-2], "--key")
    for number, (what, (hub, words)) in enumerate(refusals.items()):
        waiting_worker(swarm, kept, what, f"stranger{number}", hub, words)
    expect_more_games(swarm, kept)
    return stop_and_check(swarm, kept)


need(PROGRAM, "openssl")
run_test(PROGRAM, check)
