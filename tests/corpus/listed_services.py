"""Pure: resources 71 to 100 of the list: architecture, real time, GraphQL, practice, hosting, community."""

from tests.corpus.listed import listed
from tests.corpus.listed_learning import CHALLENGE
from tests.corpus.listed_pages import Kind, SitePage
from tests.corpus.replies import always, answer, ok, redirect

ALGO = SitePage(
    Kind.APP,
    "AlgoExpert | Ace the Coding Interviews",
    "",
    "AlgoExpert",
    "The platform for coding interviews, algorithms and system design.",
    "",
)
GLITCH_NOTICE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Glitch: project hosting has ended</title>
<meta property="og:site_name" content="Glitch"><meta name="description" content="Project hosting and user profiles have ended."></head>
<body><header><a href="/"><img src="/logo.svg" alt="Glitch"></a></header><main><h1>Project hosting has ended</h1>
<p>Since the summer of 2025 no project is hosted here. Code could be downloaded until the end of that year; after that it was deleted.</p>
<p>Thank you for eleven years of small, odd and friendly sites. <a href="https://blog.glitch.com/post/changes-are-coming-to-glitch/">Read the announcement</a></p></main>
<footer><a href="/legal">Legal</a> <a href="https://support.glitch.com/">Support</a></footer></body></html>"""
REDDIT_BLOCK = """<!doctype html><html><head><title>Blocked</title></head><body class="theme-beta"><h1>You have been blocked by network security.</h1><p>To continue, log in to your account or use your developer token.</p></body></html>"""

ROWS = (
    # The title is the blog's, not the article's
    listed(71, "Clean Architecture by Uncle Bob", "https://blog.cleancoder.com/uncle-bob/2012/08/13/the-clean-architecture.html",
        SitePage(Kind.ARTICLE, "Clean Coder Blog", "The Clean Coder Blog", "The Clean Coder Blog", "The Clean Architecture, 13 August 2012",
            "The Dependency Rule|Entities|Use Cases|Interface Adapters|Frameworks and Drivers|Crossing boundaries|Conclusion")),
    listed(72, "DDD in Practice", "https://www.infoq.com/articles/ddd-in-practice/",
        SitePage(Kind.ARTICLE, "Domain Driven Design and Development In Practice - InfoQ", "Domain Driven Design and Development In Practice", "InfoQ",
            "How a domain model gets into code, and what must surround it there.",
            "Project management|Domain modeling|Layers|Repositories|Sample application|Conclusions|Join the discussion")),
    listed(73, "Design Patterns in OOP", "https://refactoring.guru/design-patterns",
        SitePage(Kind.ARTICLE, "Design Patterns", "Design Patterns", "Refactoring.Guru", "Typical solutions to problems that come up often in object-oriented design.",
            "What is a design pattern?|Catalog of patterns|Benefits|Classification|History|Criticism|Examples")),
    listed(74, "Hexagonal Architecture", "https://alistair.cockburn.us/hexagonal-architecture/",
        SitePage(Kind.ARTICLE, "hexagonal-architecture", "Hexagonal architecture the original 2005 article", "Alistair Cockburn",
            "Let an application be driven equally by users, programs, tests and scripts.",
            "The Pattern: Ports and Adapters|Intent|Motivation|Nature of the solution|Sample code|Application notes|Acknowledgements")),
    listed(75, "CQRS and Event Sourcing", "https://learn.microsoft.com/en-us/azure/architecture/patterns/cqrs",
        SitePage(Kind.DOCS, "CQRS Pattern - Azure Architecture Center | Microsoft Learn", "CQRS pattern", "Microsoft Learn",
            "Separate the operations that read data from those that write it.",
            "Context and problem|Solution|Benefits|Issues and considerations|When to use this pattern|Event Sourcing and CQRS|Example")),
    listed(76, "Socket.IO Documentation", "https://socket.io/docs/v4/",
        SitePage(Kind.DOCS, "Introduction | Socket.IO", "Introduction", "Socket.IO", "What it is, what it is not, and what it adds to a plain connection.",
            "What Socket.IO is|Features|Common questions|Tutorial|How it works|Delivery guarantees|Troubleshooting")),
    listed(77, "WebSocket Introduction", "https://developer.mozilla.org/en-US/docs/Web/API/WebSockets_API",
        SitePage(Kind.DOCS, "The WebSocket API (WebSockets) - Web APIs | MDN", "The WebSocket API (WebSockets)", "MDN Web Docs",
            "A two-way session between a browser and a server, without polling.",
            "Interfaces|Guides|Tools|Specifications|Browser compatibility|See also")),
    listed(78, "Pusher - Real-Time APIs", "https://pusher.com/docs/channels/",
        SitePage(Kind.DOCS, "Pusher Channels Docs | Overview", "Channels Documentation", "Pusher Docs", "Add two-way functions to web and mobile applications.",
            "Getting started|Using channels|Using events|Library auth reference|Webhooks|Server API")),
    listed(79, "Ably - Real-Time Messaging", "https://ably.com/docs",
        SitePage(Kind.DOCS, "Docs | Ably Realtime", "Ably documentation", "Ably", "Chat, pub/sub and state that stays in sync, on one platform.",
            "Platform|Pub/Sub|Chat|Spaces|LiveObjects|Push|Errors")),
    listed(80, "Phoenix Framework (Elixir) for Real-Time", "https://www.phoenixframework.org/",
        SitePage(Kind.PRODUCT, "Phoenix Framework", "Peace of mind from prototype to production", "Phoenix Framework",
            "Build rich, interactive applications quickly, with less code and fewer moving parts.",
            "LiveView|Channels|Presence|Guides|Blog|Community")),
    listed(81, "GraphQL Official Documentation", "https://graphql.org/learn/",
        SitePage(Kind.DOCS, "Introduction to GraphQL | GraphQL", "Introduction to GraphQL", "GraphQL", "What it is, how it works and how to use it.",
            "Schemas and Types|Queries|Mutations|Subscriptions|Validation|Execution|Pagination|Caching")),
    listed(82, "Apollo Server Documentation", "https://www.apollographql.com/docs/apollo-server",
        SitePage(Kind.DOCS, "Introduction to Apollo Server - Apollo GraphQL Docs", "Introduction to Apollo Server", "Apollo GraphQL Docs",
            "A server for GraphQL that any client can talk to.",
            "Get started|Schema basics|Resolvers|Sharing context|Error handling|Subscriptions|Plugins|Deployment")),
    listed(83, "GraphQL Fullstack Tutorial", "https://www.howtographql.com/",
        SitePage(Kind.COURSE, "How to GraphQL - The Fullstack Tutorial for GraphQL", "The Fullstack Tutorial for GraphQL", "How to GraphQL",
            "Go from nothing to production with an open tutorial on concepts, clients and servers.",
            "GraphQL Fundamentals|GraphQL Advanced|React + Apollo|TypeScript + Helix|Ruby|Community")),
    listed(84, "Relay Modern for GraphQL", "https://relay.dev/",
        SitePage(Kind.PRODUCT, "Relay", "The GraphQL client that scales with you.", "Relay", "A data layer for React applications that is built on GraphQL.",
            "Docs|Help|Blog|Declarative Data|Colocation|Built for scale")),
    listed(85, "Hasura - GraphQL Engine", "https://hasura.io/docs/2.0/index/",
        SitePage(Kind.DOCS, "Introduction | Hasura GraphQL Docs", "Hasura GraphQL Engine Documentation", "Hasura GraphQL Docs",
            "An engine that makes an interface from the databases and services you have.",
            "Quickstarts|Schema|Queries|Mutations|Subscriptions|Event Triggers|Deployment")),
    listed(86, "LeetCode Practice Problems", "https://leetcode.com/problemset/", CHALLENGE, expected="blocked/bot_challenge", unknown=always(CHALLENGE)),
    listed(87, "HackerRank - Data Structures and Algorithms", "https://www.hackerrank.com/domains/data-structures",
        answer(403, "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1></BODY></HTML>"),
        expected="blocked/forbidden", unknown=always(answer(403, "<title>Access Denied</title>"))),
    listed(88, "GeeksforGeeks - Algorithms", "https://www.geeksforgeeks.org/dsa/fundamentals-of-algorithms/",
        SitePage(Kind.ARTICLE, "Learn DSA - Algorithms Tutorial - GeeksforGeeks", "Algorithms Tutorial", "GeeksforGeeks",
            "What an algorithm is, how to compare two, and the families that you will meet.",
            "Basics|Analysis|Searching|Sorting|Greedy|Dynamic Programming|Graphs|Practice Problems")),
    listed(89, "AlgoExpert - System Design & Algorithms", "https://www.algoexpert.io/", ALGO, unknown=always(ok(ALGO.at("https://www.algoexpert.io/")))),
    # None of the site's courses has the name that the list gives
    listed(90, "Educative.io - Data Structures & Algorithms", "https://www.educative.io/courses/data-structures-coding-interviews-python",
        SitePage(Kind.COURSE, "Data Structures for Coding Interviews in Python - AI-Powered Course", "Data Structures for Coding Interviews in Python", "Educative",
            "Review what you know about the structures that interviews ask for, with challenges in the browser.",
            "Complexity Measures|Lists|Linked Lists|Stacks and Queues|Graphs|Trees|Hash Tables")),
    listed(91, "Vercel - Hosting Backends", "https://vercel.com/docs/frameworks/backend",
        SitePage(Kind.DOCS, "Backends on Vercel", "Backends on Vercel", "Vercel Documentation", "Deploy a server written with the framework of your choice.",
            "Zero-configuration backends|Express|Hono|FastAPI|NestJS|Adapting Node.js servers")),
    listed(92, "Netlify Free Hosting", "https://www.netlify.com/pricing/",
        SitePage(Kind.PRODUCT, "Pricing and Plans | Netlify", "Start for free, scale as you grow", "Netlify", "Plans by credits; the free one has three hundred a month.",
            "Free|Personal|Pro|Enterprise|Compare plans|Credits|Frequently asked questions")),
    # What it offered is gone; the site leads to its price list
    listed(93, "Heroku Free Tier", "https://www.heroku.com/free",
        replies={
            "https://www.heroku.com/free": redirect("https://www.heroku.com/pricing/", 301),
            "https://www.heroku.com/pricing/": SitePage(Kind.PRODUCT, "Pricing | Heroku", "Simple, flexible pricing", "Heroku", "Pay for what you use, by the second.",
                "Eco|Basic|Production|Advanced|Add-ons|Compare dynos|Frequently asked questions"),
        }, expected="moved/permanent_redirect", suggested_url="https://www.heroku.com/pricing/"),
    # A front page that only says that the service is over
    listed(94, "Glitch for Backend Hosting", "https://glitch.com/", ok(GLITCH_NOTICE), expected="suspect/suspect_soft_404"),
    listed(95, "GitHub Pages", "https://pages.github.com/",
        SitePage(Kind.PRODUCT, "GitHub Pages | Websites for you and your projects, hosted directly from your GitHub repository.", "Websites for you and your projects.", "GitHub Pages",
            "Hosted directly from your repository. Just edit, push, and your changes are live.",
            "User or organization site|Project site|Create a repository|Blogging with Jekyll|Custom URLs|Guides")),
    # Refuses link checkers since 2025
    listed(96, "Stack Overflow Backend Development", "https://stackoverflow.com/questions/tagged/backend", CHALLENGE, expected="blocked/bot_challenge", unknown=always(CHALLENGE)),
    # Its robots.txt asks all robots to stay away; who comes all the same is refused
    listed(97, "Reddit - Backend Development Community", "https://www.reddit.com/r/Backend/", answer(403, REDDIT_BLOCK),
        expected="skipped/robots_disallowed", unknown=always(answer(403, REDDIT_BLOCK)), robots="User-agent: *\nDisallow: /\n", forbidden=("/",)),
    listed(98, "GitHub - Explore Backend Repositories", "https://github.com/topics/backend",
        SitePage(Kind.FEED, "backend · GitHub Topics · GitHub", "backend", "GitHub", "Here are repositories that match this topic.",
            "nestjs/nest|strapi/strapi|supabase/supabase|pocketbase/pocketbase|appwrite/appwrite")),
    listed(99, "Hashnode - Backend Blogposts", "https://hashnode.com/tag/backend",
        SitePage(Kind.FEED, "#backend on Hashnode", "#backend", "Hashnode", "Posts on servers, queues, databases and what connects them.",
            "Queues for beginners|Why our cache was cold|A year with one table|Idempotent webhooks")),
    listed(100, "Dev.to Backend Development Posts", "https://dev.to/t/backend",
        SitePage(Kind.FEED, "Backend - DEV Community", "# backend", "DEV Community", "Server-side development: databases, APIs, and how to run them.",
            "Rate limits by example|What an index costs|Logging that helps|Migrations without downtime")),
)  # fmt: skip
