BEGIN TRANSACTION;
CREATE TABLE actor_names (
        folded TEXT NOT NULL,
        actor TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (folded, actor, name)
    ) WITHOUT ROWID
    ;
INSERT INTO "actor_names" VALUES('beijing','cn','Beijing');
INSERT INTO "actor_names" VALUES('prc','cn','PRC');
INSERT INTO "actor_names" VALUES('xi','person.xi-jinping','Xi');
INSERT INTO "actor_names" VALUES('usa','us','USA');
CREATE TABLE actors (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        sector TEXT,
        iso3 TEXT,
        folded TEXT NOT NULL -- the name as names are compared
    );
INSERT INTO "actors" VALUES(1,'cn','China','state',NULL,'CHN','china');
INSERT INTO "actors" VALUES(2,'pk','Pakistan','state',NULL,'PAK','pakistan');
INSERT INTO "actors" VALUES(3,'person.xi-jinping','Xi Jinping','person','government',NULL,'xi jinping');
INSERT INTO "actors" VALUES(4,'ir','Iran','state',NULL,'IRN','iran');
INSERT INTO "actors" VALUES(5,'hamas','Hamas','armed group',NULL,NULL,'hamas');
INSERT INTO "actors" VALUES(7,'cn.army','People''s Liberation Army','organisation','military',NULL,'people''s liberation army');
INSERT INTO "actors" VALUES(8,'in','India','state',NULL,'IND','india');
INSERT INTO "actors" VALUES(9,'us','United States','state',NULL,'USA','united states');
CREATE TABLE as_read ( -- what corrected documents said before, so that every correction can be taken back
        document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
        reading TEXT NOT NULL -- JSON: mentions and assertions, a number for one that stands unchanged at that place
    );
INSERT INTO "as_read" VALUES(6,'{"mentions":[[0,9,["person.envoy","The Envoy","person","government",null],["person.envoy","The Envoy","person","government",null],"name",1.0],1],"assertions":[["5b39843c61c1f350",0,["person.envoy","The Envoy","person","government",null],["person.envoy","The Envoy","person","government",null],"criticizes",["in","India","state",null,"IND"],["in","India","state",null,"IND"],"affirmed","actual",false,"2024-05-01",0.9,0,27,0,9,"name",1.0,21,26,"name",1.0,10,20,null,"outlet","[]","[]","built",null,null,null]]}');
CREATE TABLE assertions (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        day TEXT, -- the document's date
        source INTEGER NOT NULL REFERENCES actors,
        source_state INTEGER NOT NULL REFERENCES actors,
        relation TEXT NOT NULL,
        target INTEGER NOT NULL REFERENCES actors,
        target_state INTEGER NOT NULL REFERENCES actors,
        polarity TEXT NOT NULL,
        status TEXT NOT NULL,
        background INTEGER NOT NULL,
        date TEXT,
        confidence REAL NOT NULL,
        grade INTEGER NOT NULL, -- how good a quote: 100 named directly, 50 no background, 0 to 10 tenths of confidence
        sentence_start INTEGER NOT NULL,
        sentence_end INTEGER NOT NULL,
        source_start INTEGER NOT NULL,
        source_end INTEGER NOT NULL,
        source_how TEXT NOT NULL,
        source_confidence REAL NOT NULL,
        target_start INTEGER NOT NULL,
        target_end INTEGER NOT NULL,
        target_how TEXT NOT NULL,
        target_confidence REAL NOT NULL,
        trigger_start INTEGER,
        trigger_end INTEGER,
        attributed_to TEXT,
        voice TEXT NOT NULL,
        about TEXT NOT NULL, -- a JSON array of names, as is against
        against TEXT NOT NULL,
        rule TEXT NOT NULL,
        plover TEXT,
        cameo TEXT,
        weight REAL,
        reviewed INTEGER NOT NULL DEFAULT 0 -- 1 where a person accepted it, as read or relabelled
    );
INSERT INTO "assertions" VALUES(1,'b96c0168dd06d9e9',1,0,'2024-05-01',1,1,'supports',2,2,'affirmed','actual',0,'2024-05-01',0.9,159,0,24,0,5,'name',1.0,15,23,'name',1.0,6,14,NULL,'outlet','[]','[]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(2,'3bd599bf09034e41',1,1,'2024-05-01',3,1,'praises',2,2,'affirmed','actual',0,'2024-05-01',0.9,159,25,53,25,35,'name',1.0,44,52,'name',1.0,36,43,NULL,'outlet','[]','[]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(3,'02d3dbeba4d06139',2,0,'2021-01-01',1,1,'supports',2,2,'affirmed','actual',0,'2020-03',0.9,159,0,24,0,5,'name',1.0,15,23,'name',1.0,6,14,NULL,'outlet','[]','[]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(4,'e8ee637693611a43',3,0,'2022',1,1,'supports',2,2,'affirmed','actual',0,'2022',0.85,159,0,24,0,5,'name',1.0,15,23,'name',1.0,6,14,NULL,'outlet','[]','[]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(5,'5e7109381b83aa3a',4,0,NULL,2,2,'allied_with',1,1,'affirmed','actual',0,NULL,0.9,159,0,27,0,8,'name',1.0,21,26,'name',1.0,9,20,NULL,'outlet','[]','[]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(6,'5499d0a52253475f',4,1,NULL,1,1,'allied_with',2,2,'affirmed','actual',1,NULL,0.9,109,28,55,28,33,'name',1.0,46,54,'name',1.0,34,45,NULL,'outlet','[]','[]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(10,'85cbfd242b399e37',6,0,'2024-05-01',3,1,'criticizes',8,8,'affirmed','actual',0,'2024-05-01',0.9,159,0,27,0,9,'name',1.0,21,26,'name',1.0,10,20,NULL,'outlet','[]','[]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(11,'b4ed87666a547952',5,0,'2024-05-01',4,4,'arms',5,5,'affirmed','alleged',0,'2024-05-01',0.9,59,0,16,0,4,'anaphora',1.0,10,15,'name',1.0,5,9,'Israel','outlet','["Gaza"]','[]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(12,'9d4e7c4f72048f8b',5,1,'2024-05-01',9,9,'supports',2,2,'negated','actual',0,'2024-05-01',0.9,159,17,49,17,30,'name',1.0,40,48,'name',1.0,31,39,NULL,'outlet','[]','["India"]','built',NULL,NULL,NULL,0);
INSERT INTO "assertions" VALUES(13,'40b3f7fe13ce6af3',5,2,'2024-05-01',7,1,'attacks',8,8,'affirmed','planned',0,'2024-05-01',0.25,153,50,89,50,74,'name',1.0,83,88,'name',1.0,75,82,NULL,'outlet','[]','[]','built',NULL,NULL,NULL,0);
CREATE TABLE corrected ( -- which corrections changed which documents
        correction INTEGER NOT NULL REFERENCES corrections,
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        PRIMARY KEY (correction, document)
    ) WITHOUT ROWID
    ;
INSERT INTO "corrected" VALUES(1,6);
CREATE TABLE corrections (
        number INTEGER PRIMARY KEY,
        time TEXT NOT NULL,
        kind TEXT NOT NULL,
        what TEXT NOT NULL, -- a JSON object: the other fields of a Correction that say something
        note TEXT,
        undone TEXT -- when it was taken back
    );
INSERT INTO "corrections" VALUES(1,'2024-05-01T12:00:00Z','merge','{"names": ["The Envoy"], "source": "person.envoy", "state": {"id": "cn", "iso3": "CHN", "kind": "state", "name": "China", "sector": null}, "target": {"id": "person.xi-jinping", "iso3": null, "kind": "person", "name": "Xi Jinping", "sector": "government"}}',NULL,NULL);
INSERT INTO "corrections" VALUES(2,'2024-05-02T12:00:00Z','split','{"documents": ["e/é"], "source": "us", "target": {"id": "in", "iso3": "IND", "kind": "state", "name": "India", "sector": null}}',NULL,'2024-05-03T12:00:00Z');
CREATE TABLE documents (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        digest TEXT NOT NULL,
        text TEXT NOT NULL,
        title TEXT,
        publisher TEXT,
        date TEXT,
        url TEXT,
        kind TEXT,
        paraphrase INTEGER NOT NULL,
        original_title TEXT,
        original_publisher TEXT,
        original_date TEXT,
        original_url TEXT,
        outlet TEXT, -- who says these words, for counting; never the original's publisher
        extractor TEXT,
        model TEXT,
        catalogue TEXT,
        origin TEXT NOT NULL DEFAULT '' -- equal for copies of one text and for paraphrases of one original
    );
INSERT INTO "documents" VALUES(1,'a','75270e9870890012fa952340e735d4291eb8920b7a9c4856364c3e360429c780','China supports Pakistan. Xi Jinping praises Pakistan. ','Title of a','The Daily','2024-05-01',NULL,NULL,0,NULL,NULL,NULL,NULL,'daily','1','m-3.8','c1','c75c5c16fa37de13');
INSERT INTO "documents" VALUES(2,'b','888313e0e18ae0cc3f4f0bcc93d91617c5b0d160e284f69e982a6e381eefbef5','China supports Pakistan. ','Title of b','DAILY','2021-01-01',NULL,NULL,0,NULL,NULL,NULL,NULL,'daily','1','m-3.8','c1','b27cc6f82d04d40a');
INSERT INTO "documents" VALUES(3,'c','4cc21b069f813c89bfd508e4751adc3fda0ed2e46e479a13b82fb3d8a45d56dd','China supports Pakistan. ','Title of c','Post','2022',NULL,NULL,0,NULL,NULL,NULL,NULL,'post','1','m-3.8','c1','b27cc6f82d04d40a');
INSERT INTO "documents" VALUES(4,'d','a5fd8514e7e1acea0befdb37c47a06e75d9c2dc64f07217290f11607677566a9','Pakistan allied with China. China allied with Pakistan. ','Title of d','Daily',NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'daily','1','m-3.8','c1','41f1ab014c8b1407');
INSERT INTO "documents" VALUES(5,'e/é','2d8a4496d379d49a4f536128ffa86bf94941444875c0d4230b2d0f2e112441fa','Iran arms Hamas. United States supports Pakistan. People''s Liberation Army attacks India. ','Title of e/é','kg brief','2024-05-01','https://example.org/1','brief',1,'O','Wire','2024','https://example.org/o','kg brief','1','m-3.8','c1','8ac22158654ecd08');
INSERT INTO "documents" VALUES(6,'f','a2a1a5f597520de39f7cbdbe89e2b8b10e64c64669d02181ea947852d43e3793','The Envoy criticizes India. ','Title of f',NULL,'2024-05-01',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,'1','m-3.8','c1','be4c9e920752cb9e');
INSERT INTO "documents" VALUES(7,'g','fcf19dad72fb19fced5d81606b872ebcf93ba22c9256a4e01d4bbd6e492d3e28','','Title of g','Daily','2024-05-01',NULL,NULL,0,NULL,NULL,NULL,NULL,'daily','1','m-3.8','c1','312d568373d9cc28');
CREATE TABLE edge_outlets (
        edge INTEGER NOT NULL REFERENCES edges ON DELETE CASCADE,
        outlet TEXT NOT NULL,
        documents INTEGER NOT NULL DEFAULT 0, -- of this outlet, that say that the edge is so
        PRIMARY KEY (edge, outlet)
    ) WITHOUT ROWID
    ;
INSERT INTO "edge_outlets" VALUES(1,'daily',2);
INSERT INTO "edge_outlets" VALUES(1,'post',1);
INSERT INTO "edge_outlets" VALUES(2,'daily',2);
INSERT INTO "edge_outlets" VALUES(2,'post',1);
INSERT INTO "edge_outlets" VALUES(3,'daily',1);
INSERT INTO "edge_outlets" VALUES(4,'daily',1);
INSERT INTO "edge_outlets" VALUES(5,'daily',1);
INSERT INTO "edge_outlets" VALUES(6,'daily',1);
CREATE TABLE edges (
        pk INTEGER PRIMARY KEY,
        level TEXT NOT NULL,
        source TEXT NOT NULL,
        relation TEXT NOT NULL,
        target TEXT NOT NULL,
        actual INTEGER NOT NULL,
        planned INTEGER NOT NULL,
        alleged INTEGER NOT NULL,
        hypothetical INTEGER NOT NULL,
        ended INTEGER NOT NULL,
        negated INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        first TEXT,
        last TEXT,
        originals INTEGER NOT NULL DEFAULT 0,
        outlets INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "edges" VALUES(1,'actor','cn','supports','pk',3,0,0,0,0,0,3,'2020-03','2024-05-01',2,2);
INSERT INTO "edges" VALUES(2,'state','cn','supports','pk',3,0,0,0,0,0,3,'2020-03','2024-05-01',2,2);
INSERT INTO "edges" VALUES(3,'actor','person.xi-jinping','praises','pk',1,0,0,0,0,0,1,'2024-05-01','2024-05-01',1,1);
INSERT INTO "edges" VALUES(4,'state','cn','praises','pk',1,0,0,0,0,0,1,'2024-05-01','2024-05-01',1,1);
INSERT INTO "edges" VALUES(5,'actor','cn','allied_with','pk',2,0,0,0,0,0,1,NULL,NULL,1,1);
INSERT INTO "edges" VALUES(6,'state','cn','allied_with','pk',2,0,0,0,0,0,1,NULL,NULL,1,1);
INSERT INTO "edges" VALUES(7,'actor','ir','arms','hamas',0,0,1,0,0,0,0,NULL,NULL,0,0);
INSERT INTO "edges" VALUES(8,'state','ir','arms','hamas',0,0,1,0,0,0,0,NULL,NULL,0,0);
INSERT INTO "edges" VALUES(11,'actor','cn.army','attacks','in',0,1,0,0,0,0,0,NULL,NULL,0,0);
INSERT INTO "edges" VALUES(12,'state','cn','attacks','in',0,1,0,0,0,0,0,NULL,NULL,0,0);
INSERT INTO "edges" VALUES(17,'actor','person.xi-jinping','criticizes','in',1,0,0,0,0,0,1,'2024-05-01','2024-05-01',1,0);
INSERT INTO "edges" VALUES(18,'state','cn','criticizes','in',1,0,0,0,0,0,1,'2024-05-01','2024-05-01',1,0);
INSERT INTO "edges" VALUES(33,'actor','us','supports','pk',0,0,0,0,0,1,0,NULL,NULL,0,0);
INSERT INTO "edges" VALUES(34,'state','us','supports','pk',0,0,0,0,0,1,0,NULL,NULL,0,0);
CREATE TABLE mentions (
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        actor INTEGER NOT NULL REFERENCES actors,
        state INTEGER NOT NULL REFERENCES actors,
        how TEXT NOT NULL,
        confidence REAL NOT NULL,
        PRIMARY KEY (document, seq)
    ) WITHOUT ROWID
    ;
INSERT INTO "mentions" VALUES(1,0,0,5,1,1,'name',1.0);
INSERT INTO "mentions" VALUES(1,1,15,23,2,2,'name',1.0);
INSERT INTO "mentions" VALUES(1,2,25,35,3,1,'name',1.0);
INSERT INTO "mentions" VALUES(1,3,44,52,2,2,'name',1.0);
INSERT INTO "mentions" VALUES(2,0,0,5,1,1,'name',1.0);
INSERT INTO "mentions" VALUES(2,1,15,23,2,2,'name',1.0);
INSERT INTO "mentions" VALUES(3,0,0,5,1,1,'name',1.0);
INSERT INTO "mentions" VALUES(3,1,15,23,2,2,'name',1.0);
INSERT INTO "mentions" VALUES(4,0,0,8,2,2,'name',1.0);
INSERT INTO "mentions" VALUES(4,1,21,26,1,1,'name',1.0);
INSERT INTO "mentions" VALUES(4,2,28,33,1,1,'name',1.0);
INSERT INTO "mentions" VALUES(4,3,46,54,2,2,'name',1.0);
INSERT INTO "mentions" VALUES(5,0,0,4,4,4,'anaphora',1.0);
INSERT INTO "mentions" VALUES(5,1,10,15,5,5,'name',1.0);
INSERT INTO "mentions" VALUES(5,2,17,30,9,9,'name',1.0);
INSERT INTO "mentions" VALUES(5,3,40,48,2,2,'name',1.0);
INSERT INTO "mentions" VALUES(5,4,50,74,7,1,'name',1.0);
INSERT INTO "mentions" VALUES(5,5,83,88,8,8,'name',1.0);
INSERT INTO "mentions" VALUES(6,0,0,9,3,1,'name',1.0);
INSERT INTO "mentions" VALUES(6,1,21,26,8,8,'name',1.0);
CREATE TABLE sentences (
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (document, seq)
    ) WITHOUT ROWID
    ;
INSERT INTO "sentences" VALUES(1,0,0,24);
INSERT INTO "sentences" VALUES(1,1,25,53);
INSERT INTO "sentences" VALUES(2,0,0,24);
INSERT INTO "sentences" VALUES(3,0,0,24);
INSERT INTO "sentences" VALUES(4,0,0,27);
INSERT INTO "sentences" VALUES(4,1,28,55);
INSERT INTO "sentences" VALUES(5,0,0,16);
INSERT INTO "sentences" VALUES(5,1,17,49);
INSERT INTO "sentences" VALUES(5,2,50,89);
INSERT INTO "sentences" VALUES(6,0,0,27);
CREATE INDEX documents_by_date ON documents (date, outlet);
CREATE INDEX documents_by_origin ON documents (origin);
CREATE INDEX actors_by_id ON actors (id);
CREATE INDEX actors_by_name ON actors (folded);
CREATE INDEX actor_names_by_actor ON actor_names (actor);
CREATE INDEX assertions_by_document ON assertions (document, seq);
CREATE INDEX assertions_by_review ON assertions (document) WHERE reviewed = 1;
CREATE INDEX corrected_by_document ON corrected (document);
CREATE INDEX mentions_by_actor ON mentions (actor);
CREATE INDEX mentions_by_state ON mentions (state);
CREATE UNIQUE INDEX assertions_by_id ON assertions (id);
CREATE INDEX assertions_by_actors ON assertions (source, relation, target, polarity, status, grade DESC, day DESC, date);
CREATE INDEX assertions_by_states ON assertions (source_state, relation, target_state, polarity, status, grade DESC, day DESC, date);
CREATE INDEX assertions_by_target ON assertions (target, relation);
CREATE INDEX assertions_by_target_state ON assertions (target_state, relation);
CREATE UNIQUE INDEX edges_by_source ON edges (level, source, relation, target);
CREATE INDEX edges_by_target ON edges (level, target, relation);
COMMIT;
PRAGMA application_id = 1801942114;
PRAGMA user_version = 7;
