"""Pure: words of titles that say little about a page, without accents, in the languages of most lists."""

STOP_WORDS = frozenset(
    # English, German, French, Spanish, Italian, Portuguese, Dutch
    """
    a about all an and are as at by can do does for from has have how i in into is it me more my no not of
    on or our that the their they this to us use used using we what when where which who why will with you
    your
    als auf aus bei das dem den der des die ein eine einer fur im ist mit nach oder und uber vom von wie zu zum zur
    au aux avec ce ces comment dans de du en est et l la le les ou par pour sur un une vos votre
    al como con del el es las lo los para por que se su sus una uno y
    che come da dal della delle di e gli i il nel nella per sono
    ao com do dos das em na no nas nos o os ou um uma
    bij een het naar op te van voor
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Words that say nothing about a subject."""

GENERIC_WORDS = frozenset(
    """
    basic beginner blog book complete course documentation free get guide handbook home index introduction
    learn learning lesson manual official overview page quickstart reference resource site start started
    tutorial website welcome
    anleitung cour curso dokumentation einfuhrung guia kur lernen manuel tutoriel
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Words for the kind of a page; stemmed."""

POOR_WORDS = frozenset(
    """
    above also anchor answer appendix archive article available back below chapter check click comment contact
    continue current demo detail download edition example external faq figure file follow further hello here help
    hint information item last latest license link list main mirror misc more new newer next note now old older online
    other page paper part pdf post prev previou project read readme recent release repo repository same screenshot
    section see slide source step summary text thing title top topic update version video view visit
    abschnitt anhang artikel beispiel bild buch datei hier kapitel klick klicken kurz lesen mehr nachste nachster oben
    quelle seite siehe teil unten vorherige vorheriger vorige weiter weitere weiterlesen zuruck
    cliquer cliquez exemple haut ici lien lire livre partie plu precedent precedente retour savoir section suite suivant
    suivante telecharger voir
    abajo anterior apendice aqui arriba capitulo clic descargar ejemplo enlace haga leer libro mas pagina parte pulse saber
    seccion siguiente ver volver
    altro avanti capitolo clicca collegamento esempio indietro leggi parte piu precedente prossima prossimo qui scarica
    sezione successiva successivo vai vedi
    baixar clique exemplo leia mai pagina proxima proximo saiba secao seguinte veja voltar
    bijlage boek deel hoofdstuk informatie klik lee meer paragraaf terug verder volgend volgende voorbeeld vorig
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Words of links that name nothing, such as "here" or "next chapter"; stemmed.

A title that has nothing but these, generic words and stop words is poor. Beside other words they count.
"""

FILE_EXTENSIONS = frozenset(
    """
    asc asp aspx bat bz2 c cc cfg conf cpp css csv cxx diff doc docx epub exe gif go gz h hpp htm html ini java jpeg
    jpg json log lua md mjs odt patch pdf php pl png ps py rb rs rst sh sql svg tar tex tgz toml ts txt xhtml xml xz
    yaml yml zip
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Of file names that people link with as they are; names of products end in `js`, `net` and `io`."""
