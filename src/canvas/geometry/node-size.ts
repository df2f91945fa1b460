/** How large each item is: from its kind and its words alone, so that placement and edges need no page. */
import { assertNever } from '../../base/assert-never.ts';
import type { GraphNode, NoteNode } from '../../model/graph.ts';
import { textWidth } from './text-width.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A frame without functions in it. */
export const EMPTY_FRAME: Size = { width: 260, height: 132 };
const MAX_WIDTH = 248;
const NOTE_LINE = 17;

export function nodeSize(node: GraphNode): Size {
  switch (node.type) {
    case 'ingress':
    case 'custom':
      return { width: fit(node.title, 13, 58, 160), height: 64 };
    case 'egress':
      return { width: fit(node.title, 13, 58, 128), height: 64 };
    case 'function':
      return { width: fit(node.title, 13, 52, 156), height: 64 };
    case 'router':
      return { width: Math.max(fit(node.title, 11.5, 44, 152), fit(shortType(node.valueType), 11.5, 46, 152)), height: 48 };
    case 'external':
      return { width: fit(node.title, 13, 54, 136), height: 48 };
    case 'endpoint':
      return EMPTY_FRAME;
    case 'note':
      return { width: node.note.width, height: noteHeight(node) };
    default:
      return assertNever(node);
  }
}

/** `fraud.types/transaction` → `Transaction`: what a router's second line says of its records. */
export function shortType(valueType: string): string {
  const name = valueType.slice(valueType.lastIndexOf('/') + 1);
  return name === '' ? 'no value type' : name.charAt(0).toUpperCase() + name.slice(1);
}

function fit(text: string, fontSize: number, beside: number, least: number): number {
  const width = Math.ceil((textWidth(text, fontSize, 1.05) + beside) / 4) * 4;
  return Math.min(MAX_WIDTH, Math.max(least, width));
}

function noteHeight({ note }: NoteNode): number {
  const free = Math.max(40, note.width - 22);
  const lines = note.text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((textWidth(line, 12) * 1.06) / free)), 0);
  return 18 + NOTE_LINE * (lines + (note.title === '' ? 0 : 1));
}
