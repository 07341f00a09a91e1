"""Pure: what pages for missing pages call themselves, to be matched on titles and headings only."""

MISSING: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "en",
        (
            "404 error",
            "404 not found",
            "404 page",
            "cannot be found",
            "can't be found",
            "can't find that page",
            "can't find the page",
            "can't find this page",
            "content not found",
            "could not be found",
            "couldn't be found",
            "couldn't find that page",
            "couldn't find the page",
            "couldn't find this page",
            "doesn't exist",
            "does not exist",
            "error 404",
            "file not found",
            "has been removed",
            "http 404",
            "is no longer available",
            "isn't available",
            "is not available",
            "no longer exists",
            "not found",
            "nothing found",
            "nothing here",
            "page missing",
            "page unavailable",
            "was not found",
            "wasn't found",
        ),
    ),
    (
        "de",
        (
            "existiert nicht",
            "konnte nicht gefunden werden",
            "nicht gefunden",
            "nicht mehr verfügbar",
            "nicht vorhanden",
            "seite nicht verfügbar",
        ),
    ),
    (
        "fr",
        (
            "introuvable",
            "n'a pas été trouvée",
            "n'est plus disponible",
            "n'existe pas",
            "n'existe plus",
            "non trouvée",
            "page inexistante",
        ),
    ),
    (
        "es",
        (
            "no encontrada",
            "no encontrado",
            "no existe",
            "no se encontró",
            "no se encuentra",
            "no se ha encontrado",
            "ya no está disponible",
        ),
    ),
    (
        "it",
        ("inesistente", "non esiste", "non trovata", "non trovato", "non è più disponibile"),
    ),
    (
        "pt",
        (
            "não encontrada",
            "não encontrado",
            "não existe",
            "não foi encontrada",
            "não está mais disponível",
        ),
    ),
    (
        "nl",
        ("bestaat niet", "niet beschikbaar", "niet gevonden"),
    ),
    (
        "pl",
        ("nie istnieje", "nie odnaleziono", "nie znaleziono", "nie została znaleziona"),
    ),
    (
        "ru",
        ("не найдена", "не найдено", "не существует", "страница удалена"),
    ),
    ("uk", ("не знайдено", "не існує")),
    ("cs", ("nebyla nalezena", "nenalezena", "neexistuje")),
    ("sv", ("hittades inte", "finns inte", "kunde inte hittas")),
    ("da", ("blev ikke fundet", "ikke fundet", "findes ikke", "finnes ikke", "ikke funnet")),
    ("fi", ("ei löydy", "ei löytynyt")),
    ("tr", ("bulunamadı", "mevcut değil")),  # noqa: RUF001
    ("ja", ("お探しのページ", "ページが見つかりません", "見つかりませんでした", "存在しません")),
    ("zh", ("页面不存在", "找不到", "未找到", "頁面不存在", "不存在的页面", "無法找到")),
    ("ko", ("찾을 수 없", "존재하지 않")),
    ("ar", ("غير موجودة", "لم يتم العثور")),
)
"""By language; lower case, with a straight apostrophe. A part of a title that holds one is meant."""

MISSING_ALONE = frozenset(
    {
        "400",
        "404",
        "410",
        "410 gone",
        "error",
        "gone",
        "oops",
        "oops!",
        "page gone",
        "seite fehlt",
        "sorry",
        "uh oh",
        "whoops",
    }
)
"""What says so only when it is all that a part of a title says."""

MAX_WORDS = 9
"""A part of a title with more words speaks about something else."""

TOMBSTONES: tuple[str, ...] = (
    "been discontinued",
    "been removed",
    "been retired",
    "is discontinued",
    "is no longer available",
    "is no longer offered",
    "is not available anymore",
    "is not available any more",
    "is retired",
    "no longer exists",
    "ist nicht mehr verfügbar",
    "n'est plus disponible",
    "n'existe plus",
    "ya no está disponible",
    "non è più disponibile",
    "não está mais disponível",
    "is niet meer beschikbaar",
    "больше не доступен",
    "больше недоступна",
    "больше недоступен",
    "jest już niedostępny",
    "jest już niedostępna",
)
"""That something was there, and is not any more."""

OFFERS: tuple[str, ...] = (
    "domain is for sale",
    "est à vendre",
    "está en venta",
    "está à venda",
    "for sale",
    "is available for purchase",
    "is for sale",
    "is parked",
    "kaufen",
    "may be for sale",
    "steht zum verkauf",
    "te koop",
    "in vendita",
)
"""After the name of a domain."""

PARKED_NAMES: tuple[str, ...] = (
    "buy this domain",
    "ce domaine est à vendre",
    "ce nom de domaine est à vendre",
    "deze domeinnaam is te koop",
    "diese domain ist zu verkaufen",
    "diese domain steht zum verkauf",
    "domain has expired",
    "domain is for sale",
    "domain is parked",
    "domain may be for sale",
    "domain name has expired",
    "domain name is for sale",
    "domain name is parked",
    "este dominio está a la venta",
    "este dominio está en venta",
    "este domínio está à venda",
    "parked domain name on",
    "parked free, courtesy of",
    "questo dominio è in vendita",
    "this domain for sale",
    "this domain has been registered",
    "this website is for sale",
    "ta domena jest na sprzedaż",
    "домен продается",
    "домен продаётся",
    "域名出售",
    "该域名正在出售",
    "このドメインは販売中",
)
"""In a title or a heading."""

PARKED_TEXT: tuple[str, ...] = (
    *PARKED_NAMES,
    "make an offer on this domain",
    "sponsored listings displayed above",
    "the domain owner may currently",
    "this page is provided courtesy of",
    "this web page is parked",
    "webpage was generated by the domain owner using sedo",
)
"""In the text of a page that has no name of its own."""

MAINTENANCE: tuple[str, ...] = (
    "back soon",
    "be back shortly",
    "be right back",
    "briefly unavailable for scheduled maintenance",
    "currently undergoing maintenance",
    "down for maintenance",
    "en cours de maintenance",
    "en mantenimiento",
    "em manutenção",
    "in manutenzione",
    "maintenance en cours",
    "maintenance in progress",
    "maintenance mode",
    "maintenance page",
    "onderhoud aan",
    "planned maintenance",
    "scheduled maintenance",
    "site en maintenance",
    "site is temporarily unavailable",
    "site maintenance",
    "system maintenance",
    "technické práce",
    "temporarily down",
    "temporarily offline",
    "temporarily unavailable",
    "trwają prace",
    "under maintenance",
    "undergoing maintenance",
    "wartungsarbeiten",
    "wartungsmodus",
    "wegen wartung",
    "website maintenance",
    "технические работы",
    "технических работ",
    "ведутся работы",
    "メンテナンス中",
    "系统维护",
    "网站维护",
    "점검 중",
)
"""In a short part of a title or heading."""
MAINTENANCE_ALONE = frozenset(
    {"maintenance", "wartung", "manutenzione", "mantenimiento", "manutenção", "onderhoud"}
)

OUT_OF_ORDER: tuple[str, ...] = (
    "access denied",
    "bad gateway",
    "coming soon",
    "database connection",
    "database error",
    "fatal error",
    "forbidden",
    "index of /",
    "internal server error",
    "service unavailable",
    "under construction",
)
"""That a site is not ready or not well, which says nothing of the page."""
