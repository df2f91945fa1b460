/** What a file asks for: the specifiers of its imports with their places, those that only name types left out. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { TextRange } from '../model/problem.ts';
import { argumentsOf, childrenOf, isFunctionNode, stringValue } from './syntax.ts';

export interface FoundImport {
  /** Null where it is put together when the code runs. */
  readonly specifier: string | null;
  /** Of the specifier, quotes left out. */
  readonly range: TextRange;
  /** Inside of a `try`: the code does without it. */
  readonly tried: boolean;
}

export interface ImportReading {
  readonly imports: readonly FoundImport[];
  /** Each `await` outside of all functions. */
  readonly waits: readonly TextRange[];
}

const typescript = parser.configure({ dialect: 'ts' });

/** `isTyped`: of JavaScript nothing is taken away, used or not. */
export function readImports(text: string, isTyped: boolean): ImportReading {
  const tree = typescript.parse(text);
  const imports: FoundImport[] = [];
  const waits: TextRange[] = [];
  const add = (node: SyntaxNode, literal: SyntaxNode | undefined): void => {
    const specifier = literal?.name === 'String' ? stringValue(text.slice(literal.from, literal.to)) : null;
    const at = literal ?? node;
    const range = specifier === null ? { from: at.from, to: at.to } : { from: at.from + 1, to: at.to - 1 };
    imports.push({ specifier, range, tried: isTried(node) });
  };
  tree.iterate({
    enter: ({ name, node }) => {
      switch (name) {
        case 'ImportDeclaration':
        case 'ExportDeclaration': {
          const literal = node.getChild('String');
          if (literal !== null && !(isTyped && isOnlyTypes(node, text, tree))) {
            add(node, literal);
          }
          break;
        }
        case 'DynamicImport':
          add(
            node,
            childrenOf(node).find((child) => /^[A-Z]/.test(child.name)),
          );
          break;
        case 'CallExpression':
          if (isRequire(node, text)) {
            add(node, argumentsOf(node)[0]);
          }
          break;
        case 'AwaitExpression':
          if (!isInFunction(node)) {
            waits.push({ from: node.from, to: node.from + 'await'.length });
          }
          break;
        default:
      }
    },
  });
  return { imports, waits };
}

function isRequire(call: SyntaxNode, text: string): boolean {
  const callee = call.firstChild;
  return callee?.name === 'VariableName' && text.slice(callee.from, callee.to) === 'require' && argumentsOf(call).length > 0;
}

/** The compiler takes an import away whose names stand for types only. */
function isOnlyTypes(statement: SyntaxNode, text: string, tree: Tree): boolean {
  if (statement.getChild('type') !== null) {
    return true;
  }
  if (statement.name === 'ExportDeclaration') {
    return false;
  }
  const group = statement.getChild('ImportGroup');
  const names = [...statement.getChildren('VariableDefinition'), ...(group?.getChildren('VariableDefinition') ?? [])];
  const values = names.filter((name) => name.prevSibling?.name !== 'type').map((name) => text.slice(name.from, name.to));
  return names.length > 0 && !isUsed(values, text, tree);
}

function isUsed(names: readonly string[], text: string, tree: Tree): boolean {
  const wanted = new Set(names);
  let used = false;
  tree.iterate({
    enter: ({ name, from, to }) => {
      used ||= name === 'VariableName' && wanted.has(text.slice(from, to));
      return !used;
    },
  });
  return used;
}

function isTried(node: SyntaxNode): boolean {
  for (let inner = node, outer = node.parent; outer !== null; inner = outer, outer = outer.parent) {
    if (outer.name === 'TryStatement' && inner.name === 'Block') {
      return true;
    }
  }
  return false;
}

function isInFunction(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (isFunctionNode(outer) || outer.name === 'ClassBody') {
      return true;
    }
  }
  return false;
}
