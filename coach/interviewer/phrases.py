"""Tables of words and patterns that tell what a clause is; the language is that of `coach.text.match`."""

from typing import Literal

from coach.text.words import stem

Remark = Literal["time", "hint", "proceed", "verdict", "as_put", "all"]
"""A question about the interview itself. `all` wants the whole sheet at once."""

OPENERS = frozenset(
    """how what whats which who why where are is isnt do does did dont can could should shall will would must am were was
    has any""".split()
)
"""Words a further question may begin with inside a sentence."""
WONDERING = frozenset("how what whats which who why".split())
ASKED_VERBS = frozenset("are is isnt am do does can could should shall will would may must".split())
SUBJECTS = frozenset(
    """i we you it they he she there this that these those the a an our my your each every any all some users user
    people anyone anybody someone somebody everyone everybody""".split()
)
"""What follows the verb when it asks: "is it", "do links"; "is stored" and "will use" tell."""
MODALS = frozenset("can could should shall will would may".split())
NOUN_CLAUSE = frozenset("i we you it they he she this that these those there means".split())
"""After "what" or "how" these tell, if no question mark follows: "what it costs", "how we store"."""
PREPOSITIONS = frozenset(
    "in at on during under with without for by within inside upon besides beyond".split()
)
"""What leads up to a question: "in an overload, can we ..."."""
LEANING = frozenset("if when whenever once after before given say suppose since as because while".split())
AMOUNTS = frozenset("fast many long often soon quickly much big large late far".split())
NOT_ASKED = frozenset("not also only just then kept sent done made built shown".split())
LISTING = frozenset("and also plus but".split())
TELLING = frozenset(
    """i we you they he she it is are was were will would can could has have had must should do does did need needs want
    let say use get be""".split()
)
"""Words that make a sentence of what would else be a mere topic."""
LONGEST_UNMARKED = 20
"""Words beyond which a sentence without a question mark is no question, whatever it begins with."""
COORDINATORS = frozenset("and or but also plus then so".split())
FILLERS = frozenset(
    """about actually already also an any anyone anything anyway approximately around as ask assume at average avg
    basically be because been being both but by come current currently else estimate etc ever exactly expect expected for
    from general get gets getting give given go goes going good got guess hand have having here him his idea if imagine
    in instance into itself just kind kindly know lets like ll look looking looks lot main make makes matter maybe me
    mean means mind more most much my no normally not number of off on one only or our out over own people per perhaps
    plan please point possible present prior quite rather re realistic really right rough roughly s said same say says
    see seem set so some somebody someone something sort speak speaking still stuff such suppose sure system t take
    talking tell than that then there thing things think thinking through to today too total two typical typically up us
    usual usually very want wanted way were when where whether while wonder wondering work worry yes yet your""".split()
)
"""Words around a question that do not tell what it is about; they count only where a fact listens for them."""
ELSEWHERE = frozenset(
    stem(word)
    for word in """advertiser agile alert analyst android aws azure backup bank birthday browser budget ceo cheap
    cheapest cloud colleague compiler compliance compress contract cost debug debugging department deploy
    deployment developer docker dollar drm email employ employee encoding engineer ethical expense framework gcp
    gdpr golang google header hire hiring hosting ipv6 java javascript kubernetes language law lawsuit lawyer legacy
    legal license linux logging logo logs manager marketing migrate migration moderator
    monitor monitoring observability on-call oncall operator os patent pay payment price pricing
    programming project provider python query revenue roadmap rust salary sales sdk security
    skill staff stack stakeholder supplier team technology terraform testing tool tooling tracing vendor
    windows""".split()
)
"""Matters of the company and its tools that sheets hardly cover: no fact that does not listen for them is asked for."""
RELATIVE = frozenset(("which", "who", "where", "has", "must"))
WARM_UPS = frozenset("ok okay well hm hmm next question first second finally".split())
BEFORE_WONDERING = frozenset(
    "for to at in on by of with from until within over roughly about approximately".split()
)
"""What a question word may follow: "for how long", "at what rate", "roughly how many"."""
STORY = 14
"""Words ahead of a question from which on they are a story of their own."""
SHORT = 8
"""Words up to which a remark like "a hint please" needs no question form."""
POINTING = frozenset("it its that this they them their those these such he she him her one ones".split())
TAG = frozenset(
    """a accurate agree agreed all am and assume assumption can confirm correct could does fair fine good here i in is isnt
    it line make makes no not ok okay or please reasonable right safe say scope sense so sound sounds that the this to
    true valid we with would yes you do did does get got are was were they he she""".split()
)

ASKS = (
    "tell me",
    "let me know",
    "want to know",
    "like to know",
    "need to know",
    "like to understand",
    "like to ask",
    "want to ask",
    "have a question",
    "my question",
    "i wonder",
    "wondering",
    "curious",
    "can you clarify|could you clarify|like to clarify|want to clarify|to be clarified",
    "can you confirm",
    "please confirm",
    "please|pls|plz",
    "i need|i would need|we need|we would need & number|idea|figure|estimate|sense|how much|how many|how heavy|how big|how large|how often|roughly",
    "not sure if|not sure whether",
    "do not know if|do not know whether|do not know how",
)
LEADS = ("question*|ask|asking|clarif* | unknown* | to find out",)
ASSUMES = (
    "assume|assuming|assumption|presume|presumably|suppose",
    "unless you|if you agree|correct me|stop me|fine with you|fine by you|ok with you|okay with you",
    "i guess|we guess|i suspect|i imagine|i take it|we take it|i am guessing|i believe|i figure",
)

MECHANISM = (
    "database|databases|db|sql|nosql|relational|postgres|postgresql|mysql|mongo*|cassandra|dynamo*|redis|memcache*|key value"
    "|kafka|rabbitmq|sqs|queue|queues|message broker|cache|caching|in memory|shard*|partition*|replica|replicas|replicat*"
    "|index|hash|hashing|base62|base 62|base64|md5|snowflake|uuid*|auto increment|zookeeper|load balancer|microservice*"
    "|monolith|grpc|graphql|websocket*|long poll*|server sent|fan out on|fanout on|push model|pull model|push or pull|object store"
    "|object storage|s3|blob store|bloom filter|consistent hash*|api gateway|kubernetes|elasticsearch|denormal*|normali*"
    "|precompute*|cdn|edge worker|edge server|serverless|lambda|polling|pagination|301|302|307|308|status code"
)
MEANS = f"{MECHANISM}|schema|algorithm|data structure|framework|programming language|architecture"
AMOUNT = "!how many|how much|how long|how often|how big|how large|how fast|how soon|how quickly|i expect|we expect|you expect|hit rate|hit ratio|delete|purge|erase|would you rather"
DESIGN = (
    f"should|shall|can|could|may|do|would|ok|okay|fine|better|best|prefer|mind & i|we|me|us & {MEANS} & {AMOUNT}",
    f"ok to|okay to|fine to|acceptable to|better to|best to|make sense to|which|what & {MEANS} & {AMOUNT} & use|using|choose|pick|go|add|put|have|better|best",
    f"good idea|bad idea|overkill|over kill|enough|sufficient & {MEANS}|rate limiter & {AMOUNT}",
    f"or|vs|versus & {MECHANISM} & {AMOUNT} & !need|support|require*|expect|have|there",
    f"which|what & {MEANS} & should|would|best|better|prefer|recommend|right",
    f"you & prefer|recommend|suggest|advise|think|want & {MEANS} & {AMOUNT}",
    "is it better|which is better|which one is better|best way|better way|right way|right approach|best approach|best practice",
    "would you & use|choose|pick|prefer|recommend|suggest|do|handle|go|put|take|build|design|generate|store|run|rather & !like|want|rather have|rather see",
    "which one & you & like|prefer|recommend|suggest|choose",
)
MAY_BE_DESIGN = (
    "should|shall|may|could|can & i|we & !support|handle|consider|care|worry|include|need|expect|assume|cover|deal|scope|plan",
    "would you|do you prefer|you recommend|you suggest|your preference|your opinion|your advice|what do you think",
    "is it ok|is it okay|is it fine|is it acceptable|is it enough",
    "how should i|how should we|how would i|how would we|how do i|how do we|how can i|how can we|how could we",
    "where should i|where should we|where do i|where do we|where would",
    "or|vs|versus & better|prefer|sql|nosql|push|pull",
    "i could|i can|i would|i will|i might|i want|we could|we would & use|using|go with|choose|pick|add|put",
)

REMARKS: tuple[tuple[Remark, tuple[str, ...]], ...] = (
    ("hint", ("hint & can|could|give|get|have|need|want|please|any|another|next & !handoff|hand off", "i am stuck")),
    ("time", ("time left", "minutes left", "time check", "time remain*", "time & do i have|have i got|do we have & !until|before|to|for|users|data|response|latency|sla")),
    (
        "proceed",
        (
            "can|could|shall|should|may|ready|ok|let & move on|continue|next phase|next part|next section|next step|get started|go ahead|proceed & i|we|us",
        ),
    ),
    (
        "verdict",
        (
            "am i right|how am i doing|on the right track|good so far|any feedback|are you following|are you with me|did i miss|happy with",
            "does that make sense|does this make sense|make sense so far|is this good|is that good|is this right|what do you think about this|what do you think so far",
            "what do you think of & design|approach|this|that",
        ),
    ),
    (
        "as_put",
        (
            "what do you mean|repeat that|repeat the question|can you repeat|could you repeat|please repeat|rephrase|say that again|do not understand & question|you|that|it|again|please|mean",
        ),
    ),
)  # fmt: skip
ALL = (
    "what are|give|tell|list|know|what is|share & requirement*|scope|constraints|everything|use cases|features|numbers|details & !of|for|on|about",
    "what should i ask|what should we ask|what else|anything else|what do i need to know|tell me more",
)
