"""What kind of part a name stands for, guessed from its words; `name: kind` says it outright."""

import re
from functools import lru_cache

from coach.board.graph import Kind

WORDS: dict[str, Kind] = {
    "client": "client",
    "cdn": "cdn",
    "lb": "lb",
    "gateway": "gateway",
    "service": "service",
    "worker": "worker",
    "cache": "cache",
    "queue": "queue",
    "db": "db",
    "blob": "blob",
    # What people write for them, and the shapes of D2.
    "user": "client",
    "person": "client",
    "browser": "client",
    "app": "client",
    "mobile": "client",
    "edge": "cdn",
    "cloud": "cdn",
    "load balancer": "lb",
    "proxy": "lb",
    "api gateway": "gateway",
    "server": "service",
    "api": "service",
    "job": "worker",
    "consumer": "worker",
    "stream": "queue",
    "topic": "queue",
    "log": "queue",
    "database": "db",
    "store": "db",
    "cylinder": "db",
    "index": "db",
    "object store": "blob",
    "storage": "blob",
    "bucket": "blob",
    "stored_data": "blob",
}
"""Words that name a kind after a colon or in brackets."""

# In order: the first pattern that is found decides. A last word that says what a thing is goes before
# products, and products before the words that only suggest.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("cache", r"caches?$|redis|memcached?|valkey|dragonfly|hazelcast|in.?memory (?:store|copy)"),
    ("cdn", r"cdns?|cloudfront|akamai|fastly|cloudflare|edge (?:cache|node|server|pop)s?|pops?$"),
    ("lb", r"load.?balancers?|lbs?|alb|nlb|elb|haproxy|nginx|envoy|reverse prox(?:y|ies)|dns|traffic manager|l[47]"),
    ("gateway", r"gateways?|api gw|gw|kong|apigee|bff|ingress"),
    (
        "queue",
        r"queues?|kafka|rabbitmq|sqs|kinesis|pub.?sub|pulsar|nats|event ?bus|message (?:bus|broker|log)|brokers?"
        r"|topics?|(?:event|click|message|change) (?:log|stream)s?|streams?$|event hub|dlq|outbox",
    ),
    ("worker", r"workers?|consumers?|cron(?:job)?s?|jobs?|schedulers?|lambdas?|processors?|batch(?:er)?|etl"
     r"|fan.?out|transcod(?:er|ing)s?|encoders?|crawlers?|flink|spark|aggregators?|indexers?|shippers?|pollers?"
     r"|sweepers?|cleaners?|daemons?|janitors?"),
    ("blob", r"blobs?(?: (?:store|storage))?|s3|gcs|object (?:store|storage)|buckets?|file (?:store|storage)|hdfs|media (?:store|storage)"
     r"|image (?:store|storage)|azure blob|minio|glacier|archive"),
    (
        "db",
        r"dbs?|databases?|postgres(?:ql)?|mysql|sql|cassandra|dynamo(?:db)?|mongo(?:db)?|scylla|hbase|bigtable|spanner"
        r"|cockroach(?:db)?|mariadb|oracle|sqlite|elastic ?search|opensearch|solr|neo4j|clickhouse|druid|redshift|bigquery"
        r"|snowflake|influx(?:db)?|timescale|vitess|tidb|etcd|zookeeper|primary|replicas?|read replicas?|shards?"
        r"|tables?|warehouse|data ?lake|(?:data|kv|key.value|graph|time.?series|document|user|metadata|link|url|tweet|post"
        r"|message|session|config) stores?|stores?$|(?:search|inverted|geo) index|index$|rocksdb|leveldb",
    ),
    (
        "client",
        r"clients?|users?|browsers?|mobile(?: app)?s?|web ?apps?|apps?$|phones?|ios|android|devices?|riders?|drivers?"
        r"|(?:other |calling )?teams?|marketing(?: people| team)?|partners?"
        r"|customers?|visitors?|callers?|readers?|writers?|senders?|recipients?|receivers?|viewers?|creators?|admins?"
        r"|people|person|web ?sites?|frontends?|ui|spa|merchants?|sellers?|buyers?|publishers?|players?",
    ),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")) for kind, pattern in _PATTERNS)
_SERVICE = re.compile(r"(?:service|servers?|services|api|apis|svc|backend|microservices?|generator|manager)$")
_MANY = re.compile(
    r"(?<![^\W_])(?:clusters?|fleet|pool|farm|replicas?|replicated|shards|sharded|nodes|multi.?az|auto.?scal\w+"
    r"|managed|instances|replica set|primary.*(?:replica|standby)|leader.*follower|pair|group)(?![^\W_])"
)
_PLURAL = re.compile(
    r"(?:servers|workers|services|balancers|lbs|gateways|apis|caches|databases|dbs|consumers|brokers"
    r"|queues|buckets|stores|indexers|processors|resolvers|redirectors|proxies|cdns|generators|partitions)$"
)
_APART = re.compile(r"[^\w]+|_")


@lru_cache(4096)
def guess(name: str) -> Kind:
    """The kind its words suggest; a plain service when they suggest none."""
    words = _APART.sub(" ", name[:80].casefold()).strip()
    if _SERVICE.search(words) and not re.search(r"(?:queue|cache|db) (?:service|server)s?$", words):
        lead = next(
            (kind for kind, pattern in _KINDS if kind in ("cdn", "lb", "gateway") and pattern.search(words)),
            None,
        )
        return lead or "service"
    # The word that stands last says what a thing is: `cache warmer jobs` are jobs, a `tweet cache` is a cache.
    best: tuple[int, int, Kind] | None = None
    for at, (kind, pattern) in enumerate(_KINDS):
        for hit in pattern.finditer(words):
            found = (-hit.end(), at, kind)
            best = min(best, found) if best else found
    return best[2] if best else "service"


def named_kind(words: str) -> Kind | None:
    """The kind that `words` names outright, as in `timeline cache: cache`; None when it names none."""
    return WORDS.get(" ".join(words.casefold().split()))


@lru_cache(4096)
def says_many(name: str) -> bool:
    """Whether a name alone says that there are several: `API servers`, `Redis cluster`."""
    words = _APART.sub(" ", name[:80].casefold()).strip()
    return bool(_MANY.search(words) or _PLURAL.search(words))
