"""Pure: what pages for missing pages say, in the languages of the sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.real_pages.sources import Half, own


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Title, first heading and text of a page."""

    title: str
    heading: str
    text: str


def missing(language: str, half: Half, variant: int) -> Wording:
    """What a page for missing pages says; in English where the language has no wording here."""
    return _chosen(_in_language(_MISSING, language, variant), half, variant)


def nothing_found(language: str, half: Half, variant: int) -> Wording:
    """What a search says that found nothing."""
    return _chosen(_in_language(_SEARCH, language, variant), half, variant)


def _in_language(
    wordings: Mapping[str, Sequence[tuple[str, str, str]]], language: str, variant: int
) -> Sequence[tuple[str, str, str]]:
    """A third of the sites that are not in English have templates that are."""
    return wordings.get(language if variant % 3 else "en", wordings["en"])


def _chosen(known: Sequence[tuple[str, str, str]], half: Half, variant: int) -> Wording:
    title, heading, text = own(known, half, variant // 3)
    return Wording(title=title, heading=heading, text=text)


_MISSING: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "en": (
        (
            "Page not found",
            "Page not found",
            "The page you are looking for does not exist. It may have been moved or deleted.",
        ),
        ("404", "404", "Sorry, we could not find what you were looking for."),
        (
            "Not Found",
            "Oops!",
            "That page can't be found. Use the menu, or go back to the home page.",
        ),
        (
            "Page unavailable",
            "This page is not available",
            "The link you followed may be broken, or the page may have been removed.",
        ),
        (
            "Error",
            "We cannot find that page",
            "Check the address for typing errors, or try the search at the top of this page.",
        ),
        (
            "404 Not Found",
            "404 — File not found",
            "The requested document was not found on this server.",
        ),
        (
            "Nothing here",
            "Nothing to see here",
            "This content has been archived or no longer exists.",
        ),
        (
            "Documentation moved",
            "Lost your way?",
            "We reorganised our documentation, and the page you asked for is no longer part of it.",
        ),
    ),
    "de": (
        (
            "Seite nicht gefunden",
            "Seite nicht gefunden",
            "Die angeforderte Seite konnte nicht gefunden werden. Sie wurde verschoben oder gelöscht.",
        ),
        (
            "Fehler 404",
            "Diese Seite gibt es nicht",
            "Bitte prüfen Sie die Adresse oder nutzen Sie die Suche.",
        ),
    ),
    "fr": (
        (
            "Page non trouvée",
            "Page non trouvée",
            "La page que vous recherchez n'existe pas ou n'existe plus.",
        ),
        (
            "Erreur 404",
            "Oups, cette page est introuvable",
            "Vérifiez l'adresse ou revenez à la page d'accueil.",
        ),
    ),
    "es": (
        (
            "Página no encontrada",
            "Página no encontrada",
            "La página que busca no existe o ha sido eliminada.",
        ),
        ("Error 404", "No encontramos esa página", "Compruebe la dirección o vuelva al inicio."),
    ),
    "it": (
        (
            "Pagina non trovata",
            "Pagina non trovata",
            "La pagina richiesta non esiste o è stata rimossa.",
        ),
    ),
    "pt": (
        (
            "Página não encontrada",
            "Página não encontrada",
            "A página que procura não existe ou foi removida.",
        ),
    ),
    "nl": (
        (
            "Pagina niet gevonden",
            "Pagina niet gevonden",
            "De pagina die u zoekt bestaat niet of is verplaatst.",
        ),
    ),
    "ru": (
        (
            "Страница не найдена",
            "Страница не найдена",
            "Запрошенная страница не существует или была удалена.",
        ),
    ),
    "ja": (
        (
            "ページが見つかりません",
            "お探しのページは見つかりませんでした",
            "ページが移動または削除された可能性があります。",
        ),
    ),
    "zh": (("页面未找到", "页面未找到", "您访问的页面不存在或已被删除。"),),
    "cs": (
        (
            "Stránka nenalezena",
            "Stránka nenalezena",
            "Požadovaná stránka neexistuje nebo byla odstraněna.",
        ),
    ),
    "fi": (
        ("Sivua ei löytynyt", "Sivua ei löytynyt", "Etsimääsi sivua ei ole, tai se on poistettu."),
    ),
}

_SEARCH: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "en": (
        (
            "Search",
            "Search results",
            "Your search did not match any documents. Please make sure that all words are spelled correctly.",
        ),
        ("Search results", "0 results", "No results were found. Try fewer or other words."),
        (
            "Search",
            "Nothing found",
            "We looked everywhere. Try one of the categories on the left.",
        ),
    ),
    "de": (("Suche", "Suchergebnisse", "Ihre Suche ergab keine Treffer."),),
    "fr": (("Recherche", "Résultats de la recherche", "Aucun résultat pour votre recherche."),),
    "es": (("Buscar", "Resultados de la búsqueda", "No hay resultados para su búsqueda."),),
    "ru": (("Поиск", "Результаты поиска", "По вашему запросу ничего не найдено."),),
    "ja": (("検索", "検索結果", "一致するページはありませんでした。"),),
}
