/** What reading the code can find wrong: only what the SDK is sure to refuse, or what keeps a function off the canvas. */
export type CodeProblemCode =
  | 'typename-unknown'
  | 'bad-typename'
  | 'duplicate-typename'
  | 'no-fn'
  | 'bad-state-name'
  | 'duplicate-state'
  | 'no-state-type'
  | 'bad-expiration'
  | 'undeclared-state'
  | 'send-after-arguments'
  | 'message-without-id'
  | 'message-without-value'
  | 'message-without-type'
  | 'record-without-topic'
  | 'bad-target';
