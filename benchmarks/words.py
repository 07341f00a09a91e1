# ruff: noqa: RUF001 - Russian letters are meant
"""Pure: the words of made-up pages, by language. None of them is in a poor title of a list."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, ...]] = {
    "en": tuple(
        """
        the a of and to in is that for with as on by from this which when each one not be may can every
        cache cluster commit compiler consensus container cursor daemon database deadlock decoder digest driver
        encoder endpoint engine event failure field filter frame function garbage gateway graph handler hash
        header heap index instance interface interrupt iterator journal kernel latency ledger library lock
        machine majority memory message migration module network node object offset operation optimizer packet
        page parser partition payload pipeline pointer pool process protocol proxy query queue quorum record
        recovery region register relation replica request response router sample scheduler schema segment
        server session shard signal snapshot socket stack storage stream string structure switch table
        thread timeout token transaction tree trigger tuple update value vector version view window worker
        asynchronous consistent distributed durable dynamic eventual explicit immutable incremental lazy local
        logical optimistic parallel persistent relational sequential shared static strict transparent
        allocates appends blocks builds calls commits compares copies counts elects encodes evicts flushes
        grows holds joins keeps merges moves orders reads rejects returns scans sends splits stores waits writes
        """.split()  # noqa: SIM905 - a word a line would bury the table
    ),
    "de": tuple(
        """
        der die das und in von zu den mit ist nicht ein eine als auch auf wird werden jede jeder durch oder wenn
        Abfrage Ablauf Adresse Anfrage Antwort Anwendung Ausnahme Baum Befehl Behälter Bericht Bibliothek
        Datenbank Datei Ereignis Fehler Feld Fenster Funktion Grenze Gruppe Knoten Kopf Laufzeit Leitung
        Mehrheit Meldung Menge Nachricht Netz Objekt Paket Protokoll Prüfsumme Puffer Rechner Reihenfolge
        Schicht Schlange Schlüssel Schnittstelle Sperre Speicher Sprache Strom Tabelle Teil Übersetzer
        Übertragung Verbindung Verfahren Verteilung Verzeichnis Vorgang Wert Zeichen Zeiger Zeit Zugriff Zustand
        dauerhaft einfach gemeinsam gleichzeitig lokal schnell sicher verteilt vollständig öffentlich
        antwortet beginnt beschreibt bleibt endet enthält liest löscht prüft schickt schreibt sucht wartet zählt
        """.split()  # noqa: SIM905 - a word a line would bury the table
    ),
    "fr": tuple(
        """
        le la les de des du et en un une est que qui dans pour sur avec par ne pas plus chaque tout cette
        accès adresse arbre attente base bibliothèque bloc boucle chaîne champ client colonne commande
        compilateur connexion cohérence copie couche demande donnée débit écriture émetteur erreur espace état
        événement fenêtre fichier file fonction graphe horloge journal lecture ligne liste majorité mémoire
        message mesure méthode nœud objet paquet processus protocole reprise réseau réponse requête répartition
        schéma serveur session sortie système table tampon tâche temps traduction transaction type valeur verrou
        asynchrone cohérent distribué durable local parallèle partagé rapide relatif simple sûr
        ajoute attend choisit compare compte conserve contient copie décrit écrit envoie ferme garde lit ouvre
        """.split()  # noqa: SIM905 - a word a line would bury the table
    ),
    "es": tuple(
        """
        el la los las de y en un una es que no por para con su se lo del cada todo esta entre sin más cuando
        acceso algoritmo almacén archivo árbol bloque bloqueo bucle búsqueda cabecera cadena campo canal cliente
        clave cola columna compilador conexión consulta copia dato dirección disco error espacio estado evento
        fallo fila función grafo grupo hilo índice instancia interfaz lenguaje lectura lista mayoría memoria
        mensaje método módulo nodo objeto orden paquete petición proceso protocolo puerto red registro
        respuesta servidor sesión sistema tabla tarea tiempo tipo transacción unidad valor vector versión
        asíncrono distribuido duradero local lógico paralelo rápido seguro sencillo
        acepta añade borra busca compara copia cuenta devuelve empieza envía escribe espera guarda lee mueve
        """.split()  # noqa: SIM905 - a word a line would bury the table
    ),
    "ru": tuple(
        """
        и в не на с что это как по из для от при или каждый который если так его она они после перед
        адрес алгоритм библиотека блок блокировка буфер версия время выборка граф группа данные дерево диск
        журнал задача запись запрос значение индекс интерфейс канал клиент ключ кластер код команда
        копия машина модуль набор объект операция ответ очередь ошибка память пакет поле порядок поток
        протокол процесс путь раздел размер сервер сессия сеть система событие соединение состояние строка
        структура схема счётчик таблица тип транзакция узел указатель уровень файл функция хранилище цикл
        быстрый локальный надёжный общий параллельный последовательный простой распределённый
        возвращает добавляет ждёт записывает ищет копирует открывает отправляет получает проверяет хранит читает
        """.split()  # noqa: SIM905 - a word a line would bury the table
    ),
    "ja": tuple(
        """
        の に は を が と で から まで より また その この すべて それぞれ
        圧縮 暗号 一覧 依存 永続 応答 演算 仮想 解析 回線 関数 管理 記憶 起動 機能 逆順 共有 許可 区間 計算 契約
        検索 検証 候補 構造 構文 更新 項目 再試行 削除 参照 時刻 自動 実行 失敗 集合 終了 順序 状態 資源 信号 侵入
        整合 設定 接続 走査 送信 属性 対象 多数 探索 待機 単位 中断 追加 通信 定義 転送 統計 同期 読込 入力 任意
        配列 範囲 比較 表示 復旧 複製 分散 並列 変換 変数 保存 補助 待ち行列 名前 木構造 要求 容量 領域 例外 列挙
        サーバー データ ノード メモリ プロセス スレッド キャッシュ ネットワーク トランザクション インデックス
        する します される できる 待つ 送る 返す 読む 書く 保つ 増える 減る 始まる 終わる 選ぶ 数える
        """.split()  # noqa: SIM905 - a word a line would bury the table
    ),
}
"""Of each language those of every sentence first, then the ones that titles are made of."""

COMMON = {"en": 23, "de": 22, "fr": 23, "es": 25, "ru": 22, "ja": 15}
"""How many of a language's words are of the first kind."""
