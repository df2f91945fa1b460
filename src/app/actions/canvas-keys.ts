/** Keys that the canvas and the dock answer themselves; listed for the help. */
export const CANVAS_KEYS = [
  { id: 'walk', label: 'Walk the items in flow order', keys: ['Tab'], help: 'The canvas goes from ingress to egress.' },
  { id: 'along', label: 'Go along an edge', keys: ['Alt+Arrows'], help: 'To the item at the other end.' },
  { id: 'move', label: 'Move what is selected', keys: ['Arrows'], help: 'By one step of the grid; with Shift by more.' },
  { id: 'inspect', label: 'Open the inspector', keys: ['Enter'], help: 'For the item that has the focus.' },
] as const;
