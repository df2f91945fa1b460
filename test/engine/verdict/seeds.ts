/** Hand-written modules of every kind and form that load, start and can be called: what the mutants are made of. */

const ENDPOINT_V2 = `kind: io.statefun.endpoints.v2/http
spec:
  functions: shop/*
  urlPathTemplate: http://functions:8000/{function.name}
  maxNumBatchRequests: 500
  transport:
    type: io.statefun.transports.v1/async
    call: 2 min
    connect: 20s
    pool_ttl: 15 s
    pool_size: 64
    payload_max_bytes: 1048576
`;

const ENDPOINT_OKHTTP = `kind: io.statefun.endpoints.v2/http
spec:
  functions: shop/cart
  urlPathTemplate: https://functions.shop.example/statefun?fn={function.name}
  transport:
    type: io.statefun.transports.v1/okhttp
    timeouts:
      call: 2 min
      connect: 10 s
      read: 1 min
      write: 10 s
`;

const ENDPOINT_V1 = `kind: io.statefun.endpoints.v1/http
spec:
  functions: old.app/greeter
  urlPathTemplate: http://greeter:8080/
  maxNumBatchRequests: 20
  timeouts:
    call: 1 min
    connect: 5s
`;

const KAFKA_INGRESS = `kind: io.statefun.kafka.v1/ingress
spec:
  id: shop/orders
  address: kafka-1:9092,kafka-2:9092
  consumerGroupId: shop
  startupPosition:
    type: earliest
  autoOffsetResetPosition: earliest
  topics:
    - topic: orders
      valueType: shop.types/order
      targets:
        - shop/cart
        - shop/audit
    - topic: returns
      valueType: shop.types/return
      targets: [shop/cart]
  properties:
    - max.poll.records: 200
    - flink.partition-discovery.interval-millis: "10000"
`;

const KAFKA_EGRESS = `kind: io.statefun.kafka.v1/egress
spec:
  id: shop/receipts
  address: kafka:9092
  deliverySemantic:
    type: exactly-once
    transactionTimeout: 15 min
  properties:
    - linger.ms: 5
`;

const KINESIS_INGRESS = `kind: io.statefun.kinesis.v1/ingress
spec:
  id: shop/clicks
  awsRegion:
    type: specific
    id: eu-central-1
  awsCredentials:
    type: basic
    accessKeyId: AKIA
    secretAccessKey: secret
  startupPosition:
    type: date
    date: 2024-02-29 04:15:00.000 +0000
  streams:
    - stream: clicks
      valueType: shop.types/click
      targets:
        - shop/cart
  clientConfigProperties:
    - SocketTimeout: 9999
`;

const KINESIS_EGRESS = `kind: io.statefun.kinesis.v1/egress
spec:
  id: shop/events
  awsRegion:
    type: custom-endpoint
    endpoint: https://localhost:4567
    id: us-east-1
  awsCredentials:
    type: profile
    profileName: shop
    profilePath: /tmp/credentials
  maxOutstandingRecords: 9999
  clientConfigProperties:
    - ThreadingModel: POOLED
    - MaxConnections: 1000
`;

const OFFSETS = KAFKA_INGRESS.replace(
  '    type: earliest\n',
  '    type: specific-offsets\n    offsets:\n      - orders/0: 12\n      - orders/1: "13"\n',
);
const DATE = KAFKA_INGRESS.replace('    type: earliest\n', '    type: date\n    date: 2020-02-01 04:15:00.000 +0100\n');
const PLAIN_INGRESS = `kind: io.statefun.kafka.v1/ingress
spec:
  id: a/in
  consumerGroupId: g
  address: k:1
  topics:
    - topic: t
      valueType: a/v
      targets: [a/f]
`;
const PLAIN_ENDPOINT = `kind: io.statefun.endpoints.v2/http
spec:
  functions: a/*
  urlPathTemplate: http://h/
`;

const LEGACY = `version: "3.0"
module:
  meta:
    type: remote
  spec:
    endpoints:
      - endpoint:
          meta:
            kind: http
          spec:
            functions: shop/*
            urlPathTemplate: http://functions:8000/
            timeouts:
              call: 1 min
    ingresses:
      - ingress:
          meta:
            type: io.statefun.kafka/ingress
            id: shop/orders
          spec:
            address: kafka:9092
            consumerGroupId: shop
            topics:
              - topic: orders
                valueType: shop.types/order
                targets:
                  - shop/cart
    egresses:
      - egress:
          meta:
            type: io.statefun.kinesis/egress
            id: shop/events
          spec:
            awsRegion:
              type: default
`;

const FLOW = `--- {kind: io.statefun.endpoints.v2/http, spec: {functions: a/f, urlPathTemplate: "http://h:80/{function.name}"}}
---
{"kind": "io.statefun.kafka.v1/ingress", "spec": {"id": "a/in", "address": "k:1", "consumerGroupId": "g",
  "topics": [{"topic": "t", "valueType": "a/v", "targets": ["a/f"]}], "properties": [{"a": 1}, {"b": true}]}}
`;

const STRANGE = `%YAML 1.1
%TAG !e! tag:example.org,2000:
--- # the endpoint
? kind
: &kind io.statefun.endpoints.v2/http
spec: !!map
  functions: !!str shop/*   # all of them
  urlPathTemplate: >-
    http://functions:8000/statefun
  note: |+
    two
      lines

  other: !e!thing 'it''s'
...
---
"kind": 'io.statefun.kafka.v1/ingress'
'spec':
  id: "shop\\/in"
  address: "kafka:\\x39092"
  consumerGroupId: &group shop
  topics:
  - topic: t
    valueType: a/b
    targets:
    - shop/cart
  properties:
  - client.id: *group
  - <<: {a: 1}
  - long: this text
      goes on
`.replace('\\/', '/');

export interface Seed {
  readonly name: string;
  readonly text: string;
}

const join = (...components: readonly string[]): string => components.join('---\n');

export const SEEDS: readonly Seed[] = [
  { name: 'plain', text: join(PLAIN_ENDPOINT, PLAIN_INGRESS) },
  { name: 'v2-async', text: join(ENDPOINT_V2, PLAIN_INGRESS) },
  { name: 'v2-okhttp', text: join(ENDPOINT_OKHTTP, PLAIN_INGRESS) },
  { name: 'v1', text: join(PLAIN_INGRESS, ENDPOINT_V1) },
  { name: 'kafka-ingress', text: join(PLAIN_ENDPOINT, KAFKA_INGRESS) },
  { name: 'kafka-offsets', text: join(PLAIN_ENDPOINT, OFFSETS) },
  { name: 'kafka-date', text: join(PLAIN_ENDPOINT, DATE) },
  { name: 'kafka-egress', text: join(PLAIN_ENDPOINT, PLAIN_INGRESS, KAFKA_EGRESS) },
  { name: 'kinesis-ingress', text: join(PLAIN_ENDPOINT, KINESIS_INGRESS) },
  { name: 'kinesis-egress', text: join(PLAIN_ENDPOINT, PLAIN_INGRESS, KINESIS_EGRESS) },
  {
    name: 'everything',
    text: join(ENDPOINT_V2, ENDPOINT_OKHTTP, ENDPOINT_V1, KAFKA_INGRESS, KAFKA_EGRESS, KINESIS_INGRESS, KINESIS_EGRESS),
  },
  { name: 'legacy', text: LEGACY },
  { name: 'flow', text: FLOW },
  { name: 'strange', text: STRANGE },
];
