/** Pictures of the examples: where their boxes lie and what joins them. Hand-set, since they show less than the module has. */
export interface ExamplePicture {
  readonly width: number;
  readonly height: number;
  readonly frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  readonly nodes: readonly {
    readonly kind: 'ingress' | 'function' | 'egress';
    readonly name: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
  }[];
  readonly edges: readonly { readonly path: string; readonly routed: boolean }[];
}

const FRAUD_DETECTION: ExamplePicture = {
  width: 504,
  height: 152,
  frame: { x: 126, y: 4, width: 270, height: 144 },
  nodes: [
    { kind: 'ingress', name: 'transactions', x: 2, y: 62, width: 108 },
    { kind: 'ingress', name: 'confirmations', x: 2, y: 110, width: 108 },
    { kind: 'function', name: 'transaction-manager', x: 138, y: 62, width: 144 },
    { kind: 'function', name: 'fraud-count', x: 138, y: 110, width: 96 },
    { kind: 'function', name: 'merchant-scorer', x: 262, y: 18, width: 122 },
    { kind: 'function', name: 'model', x: 306, y: 110, width: 78 },
    { kind: 'egress', name: 'alerts', x: 414, y: 62, width: 84 },
  ],
  edges: [
    { path: 'M110 76H138', routed: true },
    { path: 'M110 124H138', routed: true },
    { path: 'M178 62V32H262', routed: false },
    { path: 'M178 90V110', routed: false },
    { path: 'M282 76H414', routed: false },
    { path: 'M256 90V124H306', routed: false },
  ],
};

const GREETER: ExamplePicture = {
  width: 90,
  height: 50,
  frame: null,
  nodes: [
    { kind: 'ingress', name: 'names', x: 0, y: 20, width: 16 },
    { kind: 'function', name: 'greet', x: 36, y: 20, width: 16 },
    { kind: 'egress', name: 'greetings', x: 72, y: 20, width: 16 },
  ],
  edges: [
    { path: 'M16 25H36', routed: true },
    { path: 'M52 25H72', routed: false },
  ],
};

const SHOPPING_CART: ExamplePicture = {
  width: 90,
  height: 50,
  frame: null,
  nodes: [
    { kind: 'ingress', name: 'carts', x: 0, y: 8, width: 16 },
    { kind: 'ingress', name: 'restock', x: 0, y: 32, width: 16 },
    { kind: 'function', name: 'cart', x: 36, y: 8, width: 16 },
    { kind: 'function', name: 'stock', x: 36, y: 32, width: 16 },
    { kind: 'egress', name: 'receipts', x: 72, y: 8, width: 16 },
  ],
  edges: [
    { path: 'M16 13H36', routed: true },
    { path: 'M16 37H36', routed: true },
    { path: 'M44 18V32', routed: false },
    { path: 'M52 13H72', routed: false },
  ],
};

export const EXAMPLE_PICTURES: Readonly<Record<string, ExamplePicture>> = {
  'fraud-detection': FRAUD_DETECTION,
  greeter: GREETER,
  'shopping-cart': SHOPPING_CART,
};
