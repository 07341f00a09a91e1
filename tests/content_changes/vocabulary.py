"""Pure: made-up titles, sentences, names and offers for the noise."""

from random import Random

_SUBJECTS = [
    "databases",
    "queues",
    "compilers",
    "gardens",
    "routers",
    "dashboards",
    "notebooks",
    "containers",
    "tokens",
    "editors",
    "charts",
    "schedulers",
    "parsers",
    "pipelines",
    "clusters",
    "backups",
    "widgets",
    "sensors",
    "maps",
    "invoices",
    "recipes",
    "podcasts",
]
_VERBS = [
    "build",
    "test",
    "deploy",
    "monitor",
    "shrink",
    "translate",
    "debug",
    "secure",
    "document",
    "measure",
    "migrate",
    "cache",
    "visualise",
    "teach",
    "automate",
    "review",
]
_ADJECTIVES = [
    "small",
    "fast",
    "quiet",
    "reliable",
    "modern",
    "forgotten",
    "friendly",
    "distributed",
    "strange",
    "honest",
    "cheap",
    "beautiful",
    "green",
    "offline",
    "portable",
    "simple",
]
_NAMES = [
    "Ada",
    "Grace",
    "Linus",
    "Margaret",
    "Dennis",
    "Barbara",
    "Ken",
    "Radia",
    "Guido",
    "Anita",
    "Edsger",
    "Hedy",
    "Alan",
    "Frances",
    "Niklaus",
    "Sophie",
]
_COMPANIES = "Acme Globex Initech Umbra Hooli Vandelay Stark Wonka Tyrell Cyberdyne Soylent Aperture".split()  # noqa: SIM905


def dice_of(seed: str) -> Random:
    """Dice that fall the same for the same seed."""
    return Random(seed)  # noqa: S311 - for made-up texts


def name(dice: Random) -> str:
    """A person."""
    return f"{dice.choice(_NAMES)} {dice.choice('ABCDEFGHIKLMNOPRSTW')}."


def company(dice: Random) -> str:
    """A company."""
    return dice.choice(_COMPANIES)


def subject(dice: Random) -> str:
    """What somebody builds."""
    return dice.choice(_SUBJECTS)


def title(dice: Random) -> str:
    """The title of an article."""
    adjective, thing, verb = dice.choice(_ADJECTIVES), subject(dice), dice.choice(_VERBS)
    return dice.choice(
        (
            f"How to {verb} {adjective} {thing}",
            f"{adjective.capitalize()} {thing}: what we learned",
            f"Why we {verb} our {thing} every week",
            f"{dice.randint(3, 12)} ways to {verb} {thing}",
            f"A tour of {adjective} {thing}",
            f"{thing.capitalize()} for {subject(dice)}",
            f"Stop trying to {verb} {thing}",
        )
    )


def sentence(dice: Random) -> str:
    """A sentence of a dozen words."""
    first, second, third = (subject(dice) for _ in range(3))
    one, two = dice.choice(_ADJECTIVES), dice.choice(_ADJECTIVES)
    return dice.choice(
        (
            f"The best {first} are {one}, and the worst ones are {second} that nobody can {dice.choice(_VERBS)}.",
            f"Never {dice.choice(_VERBS)} {one} {first} before your {second} are {two}.",
            f"When {first} fail, {one} people {dice.choice(_VERBS)} the {second} and leave the {third} alone.",
            f"Every {one} programmer has a drawer full of {first} and {two} {second}.",
            f"You can {dice.choice(_VERBS)} anything with {first}, except other {one} {second}.",
        )
    )


def offer(dice: Random) -> str:
    """What an advert says."""
    who, thing = company(dice), subject(dice)
    return dice.choice(
        (
            f"{who} {thing.capitalize()}: {dice.choice(_VERBS)} twice as fast.",
            f"{who} helps you {dice.choice(_VERBS)} {dice.choice(_ADJECTIVES)} {thing}.",
            f"Ship better {thing} with {who}. Start your free trial.",
            f"{dice.choice(_ADJECTIVES).capitalize()} {thing} from {who}, from $9 a month.",
            f"Get {thing} that your team will love. {who}.",
        )
    )
