"""Words one slip away from another word of the field: written so, they are meant."""

LOOKALIKES = frozenset(
    """bands basis brands broke broken broker catches catching causes certain changed charged closes closest coaching
    compact compatible complete complex contact contacts contain contains content contents context continent continents
    continue continues continuous contract contracts converge conversation conversations conversion convert counted
    counter curtain decades decides defends depends dives domain domains dominant dominate drives entire entries
    entry event events eventual eventually failing falling general generate generated generates generation guess guests
    handed handled hardest harvest identify identity infected injected instance instances instant instantly internal
    international internet interval invented inverted lagging large launch leading leaving light lightning liked linked
    loading logging loose loser losses lunch maker marker media median memorable memory minimal missed misused models
    modes modest multiple multiply naive native optimisation optimistic overlap overlay packing painted partition
    partitioned partitions partly party passing pasting phase phrase picking plane planet pointed pointer police policy
    polling posting premises presence present presented prevent prevents prime printed produce produced product project
    projected promises protect protected proximity proxy pulling quantified quantity raises recipe recipient recipients
    referrer refuse refused register registered registration registry relay replaced replay replayed replica replicas
    replicate replicated replication replied replies reply replying reported reports reposted reposts resent reset
    restore retire retired retried retries retry reuse reused rises rulers rules sales scales scoring scoping sends
    server servers setting several shard sharded sharding shared sharing shipped showing sitting skipped slowing sorts
    specific specified specify spends sports spots stable stale stars started starts starved stated states stats status
    stores stories storing string strip table tablet taking talking terminal terminate there thorough though thought
    three through throughout throughput traced tracked trailing training trial tuned turned waiting weighed weight
    whenever where wherever withdraw wording working writing""".split()
)
