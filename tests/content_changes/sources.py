"""Pure: which releases of which packages the texts are from, and the two halves."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Half(StrEnum):
    """What rules may be tuned on, and what they are judged by."""

    TUNE = "tune"
    JUDGE = "judge"


def digest_of(name: str) -> bytes:
    """What decides to which half something belongs."""
    return hashlib.sha256(name.encode()).digest()


def half_of(package: str) -> Half:
    """The half of a package, by nothing but its name.

    >>> half_of("express"), half_of("fastify")
    (<Half.TUNE: 'tune'>, <Half.JUDGE: 'judge'>)
    """
    return Half.JUDGE if digest_of(package)[0] % 2 else Half.TUNE


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A package of which several releases have the same documents."""

    package: str
    versions: tuple[str, ...]
    """From the earliest to the latest."""


_RELEASES = """
ajv: 6.8.1 6.15.0 8.2.0 8.7.1 8.13.0 8.20.0
async: 0.1.22 0.6.2 1.1.1 1.5.2 2.4.1 3.2.6
ava: 3.2.0 3.8.2 3.14.0 4.3.3 6.1.3 8.1.2
bluebird: 0.11.6 2.1.3 2.5.3 2.10.2 3.2.2 3.7.2
browserify: 8.0.3 11.0.1 13.2.0 14.3.0 16.0.0 17.0.1
commander: 4.0.1 6.2.1 8.2.0 9.3.0 12.0.0 15.1.0
dayjs: 1.0.1 1.2.0 1.4.3 1.7.8 1.9.8 1.11.23
docsify: 1.10.5 3.7.3 4.3.13 4.7.1 4.11.6 5.0.0
ejs: 0.0.4 0.5.0 2.0.8 2.4.2 3.1.10 7.0.2
ember-cli: 5.0.0 5.6.0 5.12.0 6.4.0 6.10.3 7.3.0
eslint: 9.26.0 9.32.0 9.38.0 10.3.0 10.9.1 10.15.0
express: 3.19.2 4.3.2 4.9.8 4.14.1 4.20.0 5.3.0
fastify: 4.13.0 4.19.2 4.25.2 5.0.0 5.6.2 5.12.8
fs-extra: 0.20.1 0.26.7 2.0.0 6.0.1 10.0.1 11.4.1
grunt: 0.1.2 0.3.17 1.0.4 1.2.1 1.4.1 1.6.3
gulp: 0.0.9 1.2.1 2.6.1 3.3.4 3.7.0 5.0.1
hapi: 13.2.2 14.2.0 16.2.0 16.7.0 17.4.0 18.1.0
hexo: 2.8.3 3.5.0 4.0.0 5.3.0 6.3.0 8.1.2
joi: 12.1.1 13.5.2 14.3.1 17.5.0 17.11.1 18.3.2
jsdoc: 0.0.0 3.2.2 3.3.3 3.5.5 3.6.11 4.0.5
jshint: 0.1.9 0.6.3 1.1.0 2.3.0 2.8.0 2.13.6
karma: 0.8.8 1.0.0 1.6.0 4.0.1 5.1.1 6.4.4
knex: 0.4.13 0.10.0 0.16.5 0.21.21 2.3.0 3.3.0
markdown-it: 3.1.0 5.0.3 8.1.0 9.1.0 12.3.2 15.0.3
marked: 3.0.8 5.1.2 10.0.0 13.0.3 16.2.1 18.2.1
mathjs: 11.4.0 11.10.1 12.3.2 14.0.1 14.6.0 15.2.0
mocha: 7.0.1 8.3.2 10.1.0 10.6.1 11.3.0 12.0.3
mongoose: 8.8.4 8.14.3 8.20.4 9.0.2 9.6.3 9.12.1
mustache: 0.4.0 0.7.3 1.2.0 2.2.1 3.2.1 4.2.0
nock: 8.0.0 9.3.3 11.1.0 11.6.0 13.1.4 15.0.6
node-red: 0.8.1 0.13.4 0.18.7 1.1.3 2.2.3 5.0.7
nodemon: 0.2.2 0.9.17 1.5.1 1.10.2 1.16.1 3.1.14
npm: 10.5.2 11.1.0 11.7.0 11.12.1 11.18.0 12.2.2
nunjucks: 0.1.10 1.2.0 2.0.0 2.3.0 2.5.2 3.2.4
pino: 8.11.0 8.18.0 9.2.0 9.7.0 9.13.1 10.4.0
pm2: 2.0.19 2.6.1 3.1.3 4.0.1 5.0.4 7.0.4
puppeteer: 24.31.0 24.37.5 24.43.1 25.4.0 25.10.0 25.16.0
ramda: 0.3.0 0.9.1 0.15.1 0.20.1 0.26.1 0.32.0
restify: 4.2.0 6.2.3 7.3.0 8.0.0 8.6.1 12.0.0
rollup: 4.39.0 4.45.3 4.51.0 4.56.0 4.62.5 4.68.8
sails: 0.0.0 0.9.17 0.11.5 1.1.0 1.3.1 1.5.18
sequelize: 6.8.0 6.14.1 6.20.1 6.25.8 6.31.1 6.37.8
sinon: 7.0.0 8.0.4 11.0.0 15.0.4 18.0.1 22.1.0
socket.io: 0.5.3 1.1.0 1.7.4 2.4.1 4.2.0 4.8.4
superagent: 2.1.0 3.3.2 4.0.0 5.3.1 8.1.2 10.4.2
tape: 3.6.1 4.5.1 4.11.0 4.16.2 5.4.1 5.10.2
undici: 7.15.0 7.21.0 7.27.2 8.1.0 8.7.0 8.13.1
video.js: 7.15.7 7.21.7 8.7.0 8.12.0 8.18.1 8.24.1
webpack-dev-server: 3.3.1 3.9.0 4.3.1 4.8.1 4.14.0 6.1.0
winston: 0.7.3 2.1.1 3.2.1 3.7.2 3.13.1 3.19.0
ws: 7.0.1 8.0.0 8.6.0 8.11.0 8.17.1 8.23.0
yargs: 10.0.3 13.2.4 15.1.0 16.1.1 17.4.1 18.2.0
"""


def sources(half: Half) -> Iterator[Source]:
    """The packages of a half."""
    for row in _RELEASES.strip().splitlines():
        package, _, versions = row.partition(": ")
        if half_of(package) is half:
            yield Source(package=package, versions=tuple(versions.split()))
