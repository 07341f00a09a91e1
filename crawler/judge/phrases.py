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
