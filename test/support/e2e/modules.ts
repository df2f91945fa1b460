/** Module files as users have them. */

/** For functions in Python that this project has no code of; with comments and spacing that an edit elsewhere must not touch. */
export const PYTHON_MODULE = `# Orders, as the shop takes them.   Functions: python/orders.py

kind:   io.statefun.endpoints.v2/http   # one service
spec:
    functions:  orders/*
    urlPathTemplate: "http://python-worker:8000/statefun"


---
kind: io.statefun.kafka.v1/ingress
spec: 
    id: orders/incoming
    address: 'kafka:9092'
    consumerGroupId: orders   # shared with the reports
    startupPosition: {type: earliest}
    topics:
      - topic: orders
        valueType: orders.types/order
        targets: [ orders/check ]
---

kind: io.statefun.kafka.v1/egress
spec:
    id: orders/receipts
    address: kafka:9092
    deliverySemantic: { type: at-least-once }
# the end
`;

/** The single-root form of StateFun 3.0. */
export const SINGLE_ROOT_MODULE = `version: "3.0"
module:
  meta:
    type: remote
  spec:
    endpoints:
      - endpoint:
          meta:
            kind: http
          spec:
            functions: old/*
            urlPathTemplate: http://functions:8000/statefun
    ingresses:
      - ingress:
          meta:
            type: io.statefun.kafka/ingress
            id: old/in
          spec:
            address: kafka:9092
            consumerGroupId: old
            topics:
              - topic: names
                valueType: io.statefun.types/string
                targets:
                  - old/greet
`;
