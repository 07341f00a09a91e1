"""Pure: other addresses of the 100 resources, and further ways in which well-known sites answer."""

from functools import partial

from crawler.model import WarningCode
from tests.corpus.listed import Listed, listed
from tests.corpus.listed_learning import CHALLENGE
from tests.corpus.listed_pages import Kind, SitePage
from tests.corpus.listed_services import REDDIT_BLOCK
from tests.corpus.replies import always, answer, ok, redirect

TEMPORARY = frozenset({WarningCode.TEMPORARY_REDIRECT})
REFRESH = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Redirecting&hellip;</title><link rel="canonical" href="{to}"><meta http-equiv="refresh" content="0; url={to}"></head><body><h1>Redirecting&hellip;</h1><a href="{to}">Click here if you are not redirected.</a></body></html>'
AWS_FRAME = """<!DOCTYPE html><html><head><title>Performance Efficiency Pillar - AWS Well-Architected Framework</title>
<script>var myDefaultPage = "welcome.html"; self.location.replace(myDefaultPage);</script>
<noscript><meta http-equiv="refresh" content="0; URL=welcome.html"></noscript></head><body></body></html>"""
AUTH0_MISSING = SitePage(
    Kind.DOCS,
    "Page Not Found - Auth0 Docs",
    "Page Not Found",
    "Auth0 Docs",
    "We could not find that page.",
    "Get Started|Quickstarts",
)
NO_SUCH_APP = "<!DOCTYPE html><html><head><title>No such app</title></head><body><iframe src='//www.herokucdn.com/error-pages/no-such-app.html'></iframe></body></html>"
SIGN_IN = "<!DOCTYPE html><html><head><title>Heroku | Login</title></head><body><h1>Log in to your account</h1><form action='/login' method='post'><input name='email'><input name='password' type='password'><button>Log in</button></form></body></html>"
MEDIUM = "https://medium.com/m/global-identity-2?redirectUrl=https%3A%2F%2Fblog.queuecraft.io%2Fdead-letters-5c1d"

way = partial(listed, group="ways")
blocked = partial(way, expected="blocked/bot_challenge")


def moves(
    number: int,
    title: str,
    url: str,
    to: str,
    status: int = 301,
    *,
    reason: str = "permanent_redirect",
) -> Listed:
    """An old address that leads to the new one for good."""
    return way(
        number, title, url, redirect(to, status), expected=f"moved/{reason}", suggested_url=to
    )


def leads(number: int, title: str, url: str, to: str, status: int = 302) -> Listed:
    """An address that leads to the current edition or language, for now."""
    return way(number, title, url, redirect(to, status), warnings=TEMPORARY)


DOCKER_NEW = "https://docs.docker.com/get-started/docker-overview/"
OWASP_NEW = "https://owasp.org/www-project-cheat-sheets/"
RELAY_OLD = "https://facebook.github.io/relay/docs/getting-started.html"

MOVED = (
    moves(101, "Golang Official Documentation", "https://golang.org/doc/", "https://go.dev/doc/"),
    moves(102, "GitLab CI/CD Documentation", "https://docs.gitlab.com/ee/ci/", "https://docs.gitlab.com/ci/"),
    moves(103, "Learn Node.js", "https://nodejs.dev/learn", "https://nodejs.org/learn/getting-started/introduction-to-nodejs", 308),
    moves(104, "Node.js Official Documentation", "https://nodejs.org/en/docs", "https://nodejs.org/docs/latest/api/", 308),
    moves(105, "CQRS and Event Sourcing", "https://docs.microsoft.com/en-us/azure/architecture/patterns/cqrs", "https://learn.microsoft.com/en-us/azure/architecture/patterns/cqrs"),
    moves(106, "Azure Learn", "https://docs.microsoft.com/en-us/learn/azure/", "https://learn.microsoft.com/en-us/training/azure/"),
    moves(107, "WebSocket Introduction", "https://developer.mozilla.org/en-US/docs/WebSockets", "https://developer.mozilla.org/en-US/docs/Web/API/WebSockets_API"),
    # A repository that was renamed
    moves(108, "System Design Primer", "https://github.com/donnemartin/system-design-basics", "https://github.com/donnemartin/system-design-primer"),
    moves(109, "Hashnode - Backend Blogposts", "https://hashnode.com/n/backend", "https://hashnode.com/tag/backend"),
    moves(110, "Redis Official Documentation", "https://redis.io/documentation", "https://redis.io/docs/latest/"),
    moves(111, "Socket.IO Documentation", "https://socket.io/docs/", "https://socket.io/docs/v4/"),
    moves(112, "CircleCI Documentation", "https://circleci.com/docs/2.0/", "https://circleci.com/docs/"),
    moves(113, "Hasura - GraphQL Engine", "https://hasura.io/docs/latest/index/", "https://hasura.io/docs/2.0/index/"),
    moves(114, "Elastic Stack Documentation", "https://www.elastic.co/guide/index.html", "https://www.elastic.co/docs"),
    moves(115, "Awesome Scalability - System Design Resources", "https://awesome-scalability.com/", "https://github.com/binhnguyennus/awesome-scalability"),
    moves(116, "Coursera - Full Stack Web Development Specialization", "https://www.coursera.org/specializations/full-stack", "https://www.coursera.org/specializations/full-stack-react"),
    moves(117, "Clean Architecture by Uncle Bob", "https://8thlight.com/blog/uncle-bob/2012/08/13/the-clean-architecture.html", "https://blog.cleancoder.com/uncle-bob/2012/08/13/the-clean-architecture.html"),
    moves(118, "Grokking the System Design", "https://www.educative.io/collection/5668639101419520/5649050225344512", "https://www.educative.io/courses/grokking-the-system-design-interview"),
    moves(119, "Git Official Documentation", "https://git-scm.com/documentation", "https://git-scm.com/doc"),
    moves(120, "Learn Git Branching", "https://pcottle.github.io/learnGitBranching/", "https://learngitbranching.js.org/"),
    moves(121, "Flask Documentation", "http://flask.pocoo.org/docs/", "https://flask.palletsprojects.com/en/stable/"),
    way(122, "OWASP Cheat Sheet Series", "https://www.owasp.org/index.php/OWASP_Cheat_Sheet_Series",
        replies={
            "https://www.owasp.org/index.php/OWASP_Cheat_Sheet_Series": redirect(OWASP_NEW),
            OWASP_NEW: SitePage(Kind.DOCS, "OWASP Cheat Sheet Series | OWASP Foundation", "OWASP Cheat Sheet Series", "OWASP Foundation", "Short collections of good practice.", "Main|Translations|Acknowledgements"),
        }, expected="moved/permanent_redirect", suggested_url=OWASP_NEW),
    way(123, "Introduction to Docker - Docker Docs", "https://docs.docker.com/get-started/overview/",
        replies={
            "https://docs.docker.com/get-started/overview/": redirect(DOCKER_NEW),
            DOCKER_NEW: SitePage(Kind.DOCS, "What is Docker? | Docker Docs", "What is Docker?", "Docker Documentation", "An open platform for applications in containers.", "The Docker platform|Architecture|Next steps"),
        }, expected="moved/permanent_redirect", suggested_url=DOCKER_NEW),
    # Pages on GitHub cannot redirect otherwise
    way(124, "Jest - JavaScript Testing Framework", "https://facebook.github.io/jest/", ok(REFRESH.replace("{to}", "https://jestjs.io/")),
        replies={"https://jestjs.io/": None}, expected="moved/permanent_redirect", suggested_url="https://jestjs.io/"),
    way(125, "Relay Modern for GraphQL", RELAY_OLD, ok(REFRESH.replace("{to}", "https://relay.dev/")),
        replies={"https://relay.dev/": None}, expected="moved/permanent_redirect", suggested_url="https://relay.dev/"),
    # A redirect to a page that refreshes at once
    way(126, "Express.js Documentation", "https://expressjs.com/en/index.html", redirect("/en/"),
        replies={"https://expressjs.com/en/": ok(REFRESH.replace("{to}", "https://expressjs.com/"))},
        expected="moved/permanent_redirect", suggested_url="https://expressjs.com/"),
)  # fmt: skip
TRIVIAL = (
    moves(131, "GitHub - Explore Backend Repositories", "http://github.com/topics/backend", "https://github.com/topics/backend", reason="https_upgrade"),
    moves(132, "NodeSchool Tutorials", "http://nodeschool.io/", "https://nodeschool.io/", reason="https_upgrade"),
    moves(133, "GitHub - Explore Backend Repositories", "https://www.github.com/topics/backend", "https://github.com/topics/backend", reason="trivial_redirect"),
    moves(134, "JSON Web Tokens Introduction", "https://jwt.io/introduction", "https://www.jwt.io/introduction", 308, reason="trivial_redirect"),
    moves(135, "Phoenix Framework (Elixir) for Real-Time", "https://phoenixframework.org/", "https://www.phoenixframework.org/", reason="trivial_redirect"),
    moves(136, "Apollo Server Documentation", "https://www.apollographql.com/docs/apollo-server/", "https://www.apollographql.com/docs/apollo-server", 308, reason="trivial_redirect"),
    moves(137, "Atlassian Git Tutorials", "https://www.atlassian.com/git/tutorials/", "https://www.atlassian.com/git/tutorials", reason="trivial_redirect"),
    moves(138, "Dev.to Backend Development Posts", "https://www.dev.to/t/backend", "https://dev.to/t/backend", reason="trivial_redirect"),
    moves(139, "OAuth 2.0 Guide", "https://oauth.net/2", "https://oauth.net/2/", reason="trivial_redirect"),
)  # fmt: skip
BY_DESIGN = (
    leads(141, "CQRS and Event Sourcing", "https://learn.microsoft.com/azure/architecture/patterns/cqrs", "https://learn.microsoft.com/en-us/azure/architecture/patterns/cqrs"),
    leads(142, "Mozilla Developer Network - Fetch API", "https://developer.mozilla.org/docs/Web/API/Fetch_API", "https://developer.mozilla.org/en-US/docs/Web/API/Fetch_API"),
    leads(143, "Python Official Documentation", "https://docs.python.org/", "https://docs.python.org/3/"),
    leads(144, "Django Official Documentation", "https://docs.djangoproject.com/", "https://docs.djangoproject.com/en/stable/"),
    leads(145, "PyTest Documentation", "https://docs.pytest.org/", "https://docs.pytest.org/en/stable/"),
    leads(146, "Flask Documentation", "https://flask.palletsprojects.com/", "https://flask.palletsprojects.com/en/stable/"),
    leads(147, "Pro Git Book", "https://git-scm.com/book", "https://git-scm.com/book/en/v2"),
    # The frame of a guide: a script leads on, and so does a refresh for those without scripts
    way(148, "Scaling and Performance Best Practices", "https://docs.aws.amazon.com/wellarchitected/latest/performance-efficiency-pillar/", ok(AWS_FRAME)),
    way(149, "edX - Introduction to Databases", "https://www.edx.org/learn/databases/introduction-to-databases",
        SitePage(Kind.COURSE, "Introduction to Databases | edX", "Introduction to Databases", "edX", "Archived: future dates to be announced. Materials can still be read.", "About this course|What you will learn|Syllabus|Instructors|Ways to take this course")),
    # Signs readers in, if they are known, and comes back
    way(150, "Dead letters in queues", "https://blog.queuecraft.io/dead-letters-5c1d",
        replies={
            "https://blog.queuecraft.io/dead-letters-5c1d": redirect(MEDIUM, 302),
            MEDIUM: redirect("https://blog.queuecraft.io/dead-letters-5c1d?gi=6f0b", 302),
            "https://blog.queuecraft.io/dead-letters-5c1d?gi=6f0b": SitePage(Kind.ARTICLE, "Dead letters in queues. What to do with what… | Queuecraft", "Dead letters in queues", "Queuecraft", "What to do with messages that nobody could read.", "Why they happen|Where to put them|Who looks|How to send them again"),
        }, warnings=TEMPORARY),
    # The site's name in capitals
    way(151, "RapidAPI - Learn API Development", "https://RapidAPI.com/learn", replies={"https://rapidapi.com/learn": None}),
)  # fmt: skip
REFUSED = (
    way(161, "Backend repositories of this week", "https://github.com/trending", answer(429, "<title>Rate limit · GitHub</title><h1>Whoa there!</h1>", "Retry-After: 600"), expected="blocked/rate_limited"),
    blocked(162, "Udemy - The Complete Node.js Developer Course", "https://www.udemy.com/course/the-complete-nodejs-developer-course-2/", CHALLENGE, unknown=always(CHALLENGE)),
    blocked(163, "Queues explained", "https://medium.com/@ada/queues-explained-77aa", CHALLENGE),
    way(164, "Reddit - Backend Development Community", "https://old.reddit.com/r/Backend/", answer(403, REDDIT_BLOCK), expected="blocked/forbidden", unknown=always(answer(403, REDDIT_BLOCK))),
    way(165, "Heroku apps", "https://dashboard.heroku.com/apps", replies={
            "https://dashboard.heroku.com/apps": redirect("https://id.heroku.com/login", 302),
            "https://id.heroku.com/login": ok(SIGN_IN),
        }, expected="blocked/login_required"),
)  # fmt: skip
GONE = (
    way(171, "Auth0 - Secure APIs", "https://auth0.com/docs/api-auth/secure-api-with-tokens", ok(AUTH0_MISSING.at("https://auth0.com/docs/404")), expected="dead/soft_404"),
    way(172, "A demo of queues", "https://queue-demo-42.herokuapp.com/", answer(404, NO_SUCH_APP), expected="dead/http_404"),
    way(173, "A kit for servers", "https://github.com/donnemartin/no-such-kit", answer(404, "<title>Page not found · GitHub</title><h1>404</h1>"), expected="dead/http_404"),
    way(174, "Queues, a story", "https://medium.com/@ada/queues-a-story-13fe", answer(410, "<title>Medium</title><h1>410</h1><p>The author deleted this story.</p>"), expected="dead/http_410"),
    way(175, "Test-Driven Development with Python", "http://chimera.labs.oreilly.com/books/1234000000754", expected="dead/dns_not_found"),
)  # fmt: skip
ROWS = (*MOVED, *TRIVIAL, *BY_DESIGN, *REFUSED, *GONE)
