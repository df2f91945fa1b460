/** A function: where its code is, what it keeps, what it may send; and, without code, what stands in for it. */
import { Code, FlaskConical, PenLine } from 'lucide-react';
import { typename } from '../../base/ids.ts';
import { setStandIn } from '../../commands/set-stand-in.ts';
import { writeFunction } from '../../commands/write-function.ts';
import type { EgressNode, FunctionNode } from '../../model/graph.ts';
import { durationLabel } from '../../model/duration-label.ts';
import type { StandIn } from '../../model/studio-file.ts';
import { useBench } from '../../state/bench-store.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { nodeName } from '../../model/graph-ids.ts';
import { perform } from './inspect-actions.ts';
import { RemoteSection } from './RemoteSection.tsx';
import { TypenameField } from './TypenameField.tsx';
import styles from './Inspector.module.css';

export function FunctionForm({ node, readOnly }: { readonly node: FunctionNode; readonly readOnly: boolean }) {
  return (
    <div className={styles.form}>
      <TypenameField
        node={node.id}
        field={{ label: 'Typename', hint: 'namespace/name', help: '', path: [] }}
        value={node.typename}
        problem={undefined}
        readOnly={readOnly}
      />
      <Served node={node} />
      <Calls node={node} readOnly={readOnly} />
      {node.code !== null ? <CodeFacts node={node} /> : node.remote === null ? <WithoutCode node={node} readOnly={readOnly} /> : null}
    </div>
  );
}

function Served({ node }: { readonly node: FunctionNode }) {
  return (
    <div className={styles.fact}>
      <span className={styles.caption}>Served by</span>
      {node.endpoint === null ? (
        <ErrorNote tone="warning">No endpoint serves this typename: the first message to it fails the job. Add an endpoint.</ErrorNote>
      ) : (
        <Button variant="link" onPress={() => node.endpoint !== null && useView.getState().select([node.endpoint])}>
          {nodeName(node.endpoint)}
        </Button>
      )}
    </div>
  );
}

/** In a run: by its own setting, or by that of its endpoint. */
function Calls({ node, readOnly }: { readonly node: FunctionNode; readonly readOnly: boolean }) {
  const endpoint = useDocument((state) => state.graph).nodes.find((item) => item.id === node.endpoint);
  if (endpoint?.type !== 'endpoint' || endpoint.definition === null) {
    return null;
  }
  const { remote } = node;
  if (remote !== null && remote.functions !== node.typename) {
    return (
      <div className={styles.fact}>
        <span className={styles.caption}>Calls in a run</span>
        <p className={styles.note}>
          Answered outside the Studio, as its endpoint says: {remote.url ?? endpoint.definition.urlPathTemplate}
        </p>
      </div>
    );
  }
  return (
    <RemoteSection functions={node.typename} remote={remote} urlPathTemplate={endpoint.definition.urlPathTemplate} readOnly={readOnly} />
  );
}

function CodeFacts({ node }: { readonly node: FunctionNode }) {
  const { code } = node;
  if (code === null) {
    return null;
  }
  return (
    <>
      <div className={styles.fact}>
        <span className={styles.caption}>Code</span>
        <Button variant="line" icon={<Code />} onPress={() => useView.getState().openFile(code.path, code.range)}>
          {code.path}
        </Button>
        <Button variant="line" icon={<FlaskConical />} onPress={() => useBench.getState().open(code.typename)}>
          Try this function
        </Button>
      </div>
      <section className={styles.list} aria-label="State">
        <div className={styles.listHead}>
          <h3>State</h3>
          <span className={styles.hint}>{code.states.length}</span>
        </div>
        {code.states.length === 0 ? <p className={styles.note}>Keeps no state.</p> : null}
        {code.states.map((state) => (
          <div key={state.name} className={styles.row}>
            <code>{state.name}</code>
            <span className={styles.note}>
              {state.type ?? 'type not read'}
              {state.expiration === null
                ? ''
                : ` · expires ${durationLabel(state.expiration.millis)} after ${state.expiration.mode === 'after-write' ? 'write' : 'call'}`}
            </span>
          </div>
        ))}
      </section>
      <section className={styles.list} aria-label="May send to">
        <div className={styles.listHead}>
          <h3>May send to</h3>
          <span className={styles.hint}>{code.sends.length}</span>
        </div>
        {code.sends.length === 0 ? <p className={styles.note}>No send was found in the code.</p> : null}
        {code.sends.map((send) => (
          <button
            type="button"
            key={`${send.range.from}`}
            className={styles.link}
            onClick={() => useView.getState().openFile(code.path, send.range)}
          >
            <code>{send.to}</code>
            <span className={styles.note}>
              {send.target}
              {send.delayed ? ` · after ${send.delayMillis === null ? 'a delay' : durationLabel(send.delayMillis)}` : ''}
            </span>
          </button>
        ))}
      </section>
    </>
  );
}

function WithoutCode({ node, readOnly }: { readonly node: FunctionNode; readonly readOnly: boolean }) {
  const graph = useDocument((state) => state.graph);
  const functions = graph.nodes.flatMap((item) => (item.type === 'function' && item.id !== node.id ? [item.typename] : []));
  const egresses = graph.nodes.filter((item): item is EgressNode => item.type === 'egress');
  const forward = node.standIn?.forwardTo ?? null;
  const chosen = forward === null ? 'none' : forward.type === 'function' ? `function ${forward.typename}` : `egress ${forward.id}`;
  const choose = (id: string) => {
    const [kind = '', name = ''] = id.split(' ');
    const forwardTo: StandIn['forwardTo'] =
      kind === 'function'
        ? { type: 'function', typename: typename(name) }
        : kind === 'egress'
          ? { type: 'egress', id: typename(name), topic: forward?.type === 'egress' ? forward.topic : name.slice(name.indexOf('/') + 1) }
          : null;
    perform('Change stand-in', (context) => setStandIn(context, { typename: node.typename, standIn: { forwardTo } }));
  };
  const write = () => {
    if (perform(`Write ${node.typename}`, (context) => writeFunction(context, { typename: node.typename }))) {
      const fact = useDocument.getState().facts.functions.find((candidate) => candidate.typename === node.typename);
      if (fact !== undefined) {
        useView.getState().openFile(fact.path, fact.range);
      }
    }
  };
  return (
    <>
      <div className={styles.fact}>
        <span className={styles.caption}>Code</span>
        <p className={styles.note}>
          None in this project. In a run a stand-in records what arrives; write it in TypeScript, or keep the code where it is and draw
          only.
        </p>
        <Button variant="line" icon={<PenLine />} isDisabled={readOnly} onPress={write}>
          Write it
        </Button>
      </div>
      <Select
        label="Stand-in forwards to"
        description="What arrives is recorded, and passed on as it is."
        items={[
          { id: 'none', label: 'Nothing, record only' },
          ...functions.map((name) => ({ id: `function ${name}`, label: name, description: 'function' })),
          ...egresses.map((egress) => ({ id: `egress ${nodeName(egress.id)}`, label: nodeName(egress.id), description: 'egress' })),
        ]}
        value={chosen}
        onChange={choose}
        isReadOnly={readOnly}
      />
      {forward?.type === 'egress' ? (
        <TextField
          label="Topic"
          hint="of the egress record"
          mono
          value={forward.topic}
          isReadOnly={readOnly}
          onCommit={(topic) =>
            perform('Change stand-in', (context) =>
              setStandIn(context, {
                typename: node.typename,
                standIn: { forwardTo: { ...forward, topic: topic.trim() } },
              }),
            )
          }
        />
      ) : null}
    </>
  );
}
