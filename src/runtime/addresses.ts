/** Function types and addresses: made at first contact, with what the module says of them. */
import type { Typename } from '../base/ids.ts';
import { functionNode } from '../model/graph-ids.ts';
import { endpointFor } from '../model/remote-target.ts';
import { addressSeed } from './chance.ts';
import { subtaskOf } from './java-hash.ts';
import type { Machine } from './machine.ts';
import type { Address, FunctionType } from './machine-types.ts';
import { transportProblem } from './transport.ts';

export function functionType(machine: Machine, name: Typename): FunctionType {
  return machine.types.get(name) ?? addType(machine, name);
}

export function addressOf(machine: Machine, name: Typename, id: string): Address {
  const type = functionType(machine, name);
  return type.byId.get(id) ?? addAddress(machine, type, id);
}

export function edgeBetween(machine: Machine, from: FunctionType, to: Typename, delayed: boolean): { count: number } {
  const edges = delayed ? from.delayedEdges : from.edges;
  let edge = edges.get(to);
  if (edge === undefined) {
    edge = machine.counters.edge(functionNode(from.typename), functionNode(to), delayed);
    edges.set(to, edge);
  }
  return edge;
}

function addType(machine: Machine, name: Typename): FunctionType {
  const { config } = machine;
  const endpoint = endpointFor(config.module, name);
  const standIn = config.standIns.find((standIn) => standIn.typename === name) ?? null;
  const type: FunctionType = {
    index: machine.typeList.length,
    typename: name,
    endpoint,
    standIn,
    problem: standIn === null ? transportProblem(name, endpoint) : null,
    node: machine.counters.node(functionNode(name)),
    byId: new Map(),
    addresses: [],
    slots: [],
    registrations: machine.subtasks.map(() => null),
    edges: new Map(),
    delayedEdges: new Map(),
  };
  machine.types.set(name, type);
  machine.typeList.push(type);
  return type;
}

function addAddress(machine: Machine, type: FunctionType, id: string): Address {
  const subtask = machine.subtasks[subtaskOf(id, machine.subtasks.length)];
  if (subtask === undefined) {
    throw new Error(`no subtask for id ${id}`);
  }
  const address: Address = {
    index: machine.addresses.length,
    type,
    ref: { typename: type.typename, id },
    subtask,
    seed: addressSeed(machine.config.settings.seed, type.typename, id),
    ordinal: 0,
    waiting: [],
    call: null,
    values: [],
    dirty: true,
  };
  type.byId.set(id, address);
  type.addresses.push(address);
  type.node.instances += 1;
  machine.addresses.push(address);
  machine.dirtyAddresses.add(address);
  return address;
}
