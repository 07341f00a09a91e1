"""Pure: what living pages are about: texts of their own, in a dozen languages."""
# ruff: noqa: RUF001 -- texts in other scripts are meant

from dataclasses import dataclass

from tests.corpus.looks import Look


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that a page is about."""

    title: str
    text: tuple[str, ...]
    """Paragraphs."""

    @property
    def body(self) -> str:
        """The paragraphs as HTML."""
        return "\n".join(f"<p>{paragraph}</p>" for paragraph in self.text)

    def on(self, look: Look, **more: str) -> str:
        """The page about it on a site."""
        return look(self.title, self.body, **more)


SOURDOUGH = Topic("A Beginner's Guide to Sourdough", (
    "A sourdough starter is nothing but flour and water in which wild yeast and lactic acid bacteria have settled. Feed it once a day with equal weights of rye flour and lukewarm water, and after a week it doubles within four hours.",
    "For the first loaf mix 500 g of wheat flour with 350 g of water and let it rest for half an hour. Then add 100 g of ripe starter and 10 g of salt, and stretch and fold the dough four times in two hours.",
    "Bake it in a cast-iron pot: twenty minutes with the lid at 250 degrees, twenty-five without at 220. The crumb sets while it cools, so wait an hour before the first slice.",
))
GIT = Topic("Understanding Git Rebase", (
    "A rebase takes the commits of a branch and replays them, one after the other, on top of another commit. Nothing is moved: each replayed commit is a new object with a new hash, and the old ones stay in the reflog for ninety days.",
    "Use an interactive rebase to squash fixups, reorder commits and reword messages before others review the branch. Never rebase what others have already pulled, or they will see every change twice.",
    "When two commits touch the same lines, git stops and asks. Resolve the conflict, stage the file and continue; abort brings everything back to where it was.",
))
GRID = Topic("A Complete Guide to CSS Grid", (
    "CSS Grid lays out a page in two dimensions at once. A container becomes a grid with a single declaration, and its children find their cells by themselves unless you name lines or areas for them.",
    "The unit fr shares out the free space after fixed tracks have taken theirs. With minmax and auto-fit a gallery of cards needs no media query: tracks appear and vanish as the window grows.",
    "Subgrid lets nested elements take part in the tracks of their parent, so that captions of different length still line up across a row.",
))
ALGEBRA = Topic("Immersive Linear Algebra", (
    "Vectors are arrows before they are columns of numbers. This book lets you drag them: every figure is interactive, and the sum of two vectors follows your finger.",
    "The chapters go from the dot product over Gaussian elimination to eigenvalues and the singular value decomposition. Proofs are folded away until you ask for them.",
    "A determinant is the signed volume of the box that the columns span, which is why it is zero exactly when they are dependent.",
))
BIRDS = Topic("How Birds Find Their Way", (
    "Bar-tailed godwits fly eleven thousand kilometres from Alaska to New Zealand without landing. They steer by the sun, by the stars and by the inclination of the magnetic field, which a protein in the eye seems to make visible.",
    "Young starlings that were caught in Holland and released in Switzerland flew in the direction they had inherited, and wintered in Spain. The old ones corrected their course and reached England.",
    "Ringing has given way to transmitters of two grams that record light, temperature and wing beats for a whole year.",
))
SQL = Topic("Use The Index, Luke", (
    "An index is a sorted copy of some columns with pointers to the rows. The leaf nodes form a doubly linked list, and a balanced tree above it finds the first leaf in logarithmic time.",
    "The order of columns in a concatenated index decides which queries can use it. A range condition on the first column makes the second one a mere filter.",
    "Pagination with offset reads and discards everything before; the seek method remembers where the last page ended and starts there.",
))
RUST = Topic("Ownership in Rust Explained", (
    "Every value has exactly one owner, and when the owner goes out of scope the value is dropped. Assignment moves ownership unless the type is Copy, and the compiler refuses later uses of what was moved.",
    "References borrow without owning. There may be many shared borrows or a single mutable one, never both, which rules out data races before the program runs.",
    "Lifetimes are names for regions of code; most of the time the compiler fills them in by three simple elision rules.",
))
TYPE = Topic("Practical Typography", (
    "Line length decides how comfortable a text is to read: between forty-five and ninety characters, counted with spaces. Line spacing of 120 to 145 percent of the point size follows from it.",
    "Straight quotation marks are a leftover of the typewriter. Curly ones have been on every system for decades, and there is no excuse left.",
    "Point size on screens can be larger than on paper. Body text of fifteen to twenty-five pixels suits most faces; choose with your eyes, not by number.",
))
STARS = Topic("Observing Variable Stars with Binoculars", (
    "Mira in the whale brightens a thousandfold within a few months, from invisible to the brightest star of its constellation. All you need to follow it is a pair of binoculars and a chart with comparison stars.",
    "Estimate the magnitude between a brighter and a fainter neighbour, note the time in universal time and send it to the association, where observations since 1911 are archived.",
    "Eclipsing binaries such as Algol repeat to the minute, so that a single night shows the whole minimum.",
))
CHESS = Topic("Rook Endgames You Must Know", (
    "The Lucena position wins and the Philidor position draws, and every other rook endgame with a single pawn is a question of reaching one or the other. Build the bridge on the fourth rank to shelter the king from checks.",
    "Rooks belong behind passed pawns, their own and those of the opponent. An active rook is worth a pawn, and often two.",
    "Cut off the enemy king along a file before you push; a king that is three files away cannot help in time.",
))
LISP = Topic("Structure and Interpretation of Computer Programs", (
    "A powerful language is more than a means for instructing a computer; it is a framework within which we organise our ideas about processes. We look at primitive expressions, means of combination and means of abstraction.",
    "The substitution model explains what a procedure application means until assignment arrives; then environments take its place, with frames and bindings.",
    "Streams decouple the apparent order of events from the actual one, and the metacircular evaluator shows eval and apply chasing each other.",
))
GARDEN = Topic("Composting at Home", (
    "Good compost needs brown and green in the ratio of two to one: dry leaves, cardboard and twigs against kitchen scraps and grass. Turn the heap every two weeks and keep it as moist as a wrung sponge.",
    "Worms do the work in a flat: a box of thirty litres takes the peel of two people and never smells when citrus and onions stay out.",
    "After eight months the heap has shrunk to a third, is dark and crumbly and smells of forest floor. Sieve it before you spread it.",
))
PYTHON = Topic("Automate the Boring Stuff", (
    "If you have ever renamed hundreds of files by hand or copied figures from one spreadsheet to another, you know how tedious it is, and that a short script would do it in seconds.",
    "The first part covers the basics of the language: flow control, functions, lists, dictionaries and strings. The second applies them to folders, documents, mail and the web.",
    "No experience is needed. Every chapter ends with practice projects whose solutions fit on one screen.",
))
MAPS = Topic("Map Projections in Plain Words", (
    "No flat map keeps shapes, areas and distances of a globe at once; every projection chooses what to sacrifice. Mercator keeps angles, so that a ship can follow a straight line, and makes Greenland as large as Africa.",
    "Equal-area projections such as Mollweide shear the continents at the edges. Compromises like Robinson's please the eye and are exact nowhere.",
    "Tissot's ellipses show the distortion: circles of the same size on the globe, drawn all over the map.",
))
SHELL = Topic("The Art of the Command Line", (
    "Learn basic Bash: read the manual page once from beginning to end, it is not that long. Learn redirection, pipes, job control and the difference between single and double quotes.",
    "Know ssh with keys and an agent, and how to forward a port. Use xargs or parallel when a loop would take too long, and always look at what it would run first.",
    "For data, sort, uniq, cut, paste and join go a long way; set the locale to C when order of bytes is what you mean.",
))
TREES = Topic("Red-Black Trees, Drawn Step by Step", (
    "A red-black tree is a search tree whose nodes carry one more bit. No red node has a red child, and every path from the root to a leaf meets the same number of black nodes, so that no path is twice as long as another.",
    "Insertion paints the new node red and repairs at most two violations by rotations; deletion is the harder half, with four cases and their mirror images.",
    "Seen as a 2-3-4 tree, red nodes are merely glued to their parents, and all cases become obvious.",
))
GERMAN = Topic("Einführung in die Astronomie", (
    "Wer zum ersten Mal durch ein Fernrohr schaut, ist meist enttäuscht: Die Nebel sind grau, und Farben zeigen nur die hellsten Sterne. Dafür sieht man mit eigenen Augen Licht, das Jahrtausende unterwegs war.",
    "Für den Anfang genügt ein Fernglas mit siebenfacher Vergrößerung. Damit lassen sich die Krater des Mondes, die Monde des Jupiter und der Andromedanebel finden, wenn der Himmel dunkel genug ist.",
    "Ein Sternatlas und eine rote Taschenlampe gehören dazu, denn das Auge braucht eine halbe Stunde, bis es sich an die Nacht gewöhnt hat.",
))
FRENCH = Topic("Apprendre la photographie argentique", (
    "Un appareil sans pile oblige à réfléchir avant de déclencher. La lumière se mesure à la main, la mise au point se fait sur un dépoli, et trente-six vues durent parfois tout un mois.",
    "Le développement d'une pellicule en noir et blanc demande trois bains, un thermomètre et une cuve étanche. Le temps dépend de la température et de l'agitation.",
    "On tire ensuite une planche de contact pour choisir les négatifs qui méritent un agrandissement sur papier baryté.",
))
SPANISH = Topic("Recetas de la cocina andaluza", (
    "El gazpacho se prepara con tomates maduros, pepino, pimiento, ajo, pan del día anterior y un buen aceite de oliva. Se sirve muy frío y, si se quiere, con trocitos de las mismas verduras por encima.",
    "El salmorejo cordobés es más espeso y no lleva pepino; se acompaña de huevo duro y jamón picado muy fino.",
    "Para freír pescado hace falta harina gruesa, aceite abundante y muy caliente, y no llenar demasiado la sartén.",
))
ITALIAN = Topic("Guida alle Dolomiti", (
    "Il sentiero parte dal rifugio e sale in due ore alla forcella, da cui si vedono le Tre Cime in tutta la loro altezza. In luglio c'è ancora neve nei canaloni esposti a nord.",
    "Chi non ha esperienza di vie ferrate scelga il percorso basso, segnato con triangoli rossi, e porti comunque casco e imbracatura.",
    "Gli autobus partono da Cortina ogni mezz'ora fino alla fine di settembre, poi soltanto nei giorni festivi.",
))
PORTUGUESE = Topic("História do azulejo em Portugal", (
    "O azulejo chegou a Portugal no fim do século quinze, vindo de Sevilha, e cobriu primeiro as paredes do palácio de Sintra. No século seguinte as oficinas de Lisboa já pintavam os seus próprios painéis.",
    "O azul e branco imitava a porcelana da China e tornou-se a cor das igrejas, das estações e das fachadas.",
    "O museu nacional, num antigo convento, guarda um panorama da cidade anterior ao terramoto, com mais de vinte metros de comprimento.",
))
DUTCH = Topic("Fietsen langs de Zuiderzee", (
    "De route rond het IJsselmeer is vierhonderd kilometer lang en volgt bijna overal de dijk. Met tegenwind over de Afsluitdijk duurt een dag langer dan gedacht.",
    "In Enkhuizen, Hindeloopen en Urk staan nog houten huizen uit de tijd dat hier op haring werd gevist.",
    "Het openluchtmuseum laat zien hoe de mensen leefden voordat de zee een meer werd.",
))
POLISH = Topic("Podstawy programowania w Pythonie", (
    "Zmienna to nazwa, która wskazuje na obiekt w pamięci. Przypisanie nie kopiuje wartości, dlatego dwie zmienne mogą wskazywać na tę samą listę i widzieć te same zmiany.",
    "Pętla przechodzi po elementach każdej kolekcji, a wyrażenia listowe pozwalają zapisać to samo w jednym wierszu.",
    "Funkcje przyjmują argumenty nazwane, wartości domyślne oraz dowolną liczbę parametrów.",
))
RUSSIAN = Topic("Основы комбинаторики", (
    "Число перестановок из n элементов равно факториалу n: на первое место можно поставить любой из n элементов, на второе любой из оставшихся и так далее.",
    "Сочетания отличаются от размещений тем, что порядок выбранных элементов не важен, поэтому каждое сочетание соответствует нескольким размещениям.",
    "Треугольник Паскаля позволяет вычислять биномиальные коэффициенты одним сложением.",
))
JAPANESE = Topic("日本庭園の歴史", (
    "枯山水は水を使わずに石と砂だけで山水の風景を表す庭園の様式であり、室町時代の禅寺で発達した。白砂に描かれた波紋は水の流れを象徴している。",
    "池泉回遊式庭園は江戸時代の大名屋敷に多く、池の周りを歩きながら次々と変わる景色を楽しむように作られている。",
    "茶庭は茶室へ向かう路地であり、飛石や蹲踞が客の心を静める役割を果たす。",
))
CHINESE = Topic("机器学习入门", (
    "监督学习从带有标签的样本中学习一个函数，使它能够对没有见过的数据作出预测。训练误差很小并不意味着泛化能力强，因此需要单独的验证集。",
    "梯度下降沿着损失函数下降最快的方向更新参数，学习率太大会发散，太小则收敛缓慢。",
    "决策树容易解释但容易过拟合，随机森林通过平均许多树来降低方差。",
))
TURKISH = Topic("İstanbul'un Tarihi Yarımadası", (
    "Surların içindeki eski şehir yedi tepe üzerine kuruludur ve her tepede bir imparatorluk camisi ya da sarayı yükselir. Ayasofya bin yıl boyunca dünyanın en büyük kubbesini taşıdı.",
    "Kapalıçarşı'nın altmış sokağında dört binden fazla dükkân vardır; kuyumcular ortadaki eski bedestende toplanır.",
    "Yerebatan Sarnıcı'nın sütunları sudan yükselir ve gözyaşı desenli olanı herkes arar.",
))
SWEDISH = Topic("Svamp i svenska skogar", (
    "Kantareller växer i mossig granskog från juli och framåt, ofta på samma ställe år efter år. Trattkantareller kommer senare och tål den första frosten.",
    "Plocka aldrig en svamp som du inte känner igen. Den vita flugsvampen är dödlig och kan förväxlas med champinjoner när den är ung.",
    "Rensa svampen redan i skogen, så blir arbetet hemma mindre och sanden stannar där den hör hemma.",
))
CZECH = Topic("Úvod do teorie grafů", (
    "Graf se skládá z vrcholů a hran, které je spojují. Sled, který projde každou hranou právě jednou, existuje tehdy, když nejvýše dva vrcholy mají lichý stupeň.",
    "Strom je souvislý graf bez kružnic a má vždy o jednu hranu méně než vrcholů. Každý souvislý graf obsahuje kostru.",
    "Rovinné grafy lze nakreslit bez křížení hran a k jejich obarvení stačí čtyři barvy.",
))
KOREAN = Topic("한국어 문법 기초", (
    "한국어의 기본 어순은 주어, 목적어, 서술어이며 조사가 각 단어의 역할을 나타낸다. 서술어는 언제나 문장의 끝에 온다.",
    "높임말은 듣는 사람과 말하는 사람의 관계에 따라 어미를 바꾸어 표현한다.",
    "동사의 활용은 어간과 어미로 나누어 배우면 규칙이 분명해진다.",
))
ENGLISH = (SOURDOUGH, GIT, GRID, ALGEBRA, BIRDS, SQL, RUST, TYPE, STARS, CHESS, LISP, GARDEN, PYTHON, MAPS, SHELL, TREES)
