/** What is exported, with the questions that the project raises. */
import { Checkbox } from '../../ui/Checkbox.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { ExportChoices, ExportOutcome } from './export-choices.ts';
import { ExportNotes, ExportSecrets } from './ExportNotes.tsx';
import styles from './ExportDialog.module.css';

interface FormProps {
  readonly choices: ExportChoices;
  readonly outcome: ExportOutcome;
  readonly change: (part: Partial<ExportChoices>) => void;
}

const KINDS = [
  { id: 'runnable', label: 'Runnable project' },
  { id: 'files', label: 'Project files' },
  { id: 'module', label: 'module.yaml' },
] as const;

const ABOUT: Readonly<Record<ExportChoices['kind'], string>> = {
  runnable: 'Your files, with a server for the functions, and what runs it and StateFun. It opens in the Studio again.',
  files: 'module.yaml, functions, stubs and studio.json. Open a project ZIP takes them in again.',
  module: 'What the StateFun runtime loads, as it stands.',
};

const ELSEWHERE = 'Your files, with what runs StateFun. Its functions are served by servers of your own, so no server is among them.';

export function ExportForm(props: FormProps) {
  const { choices, outcome, change } = props;
  return (
    <>
      <div className={styles.group}>
        <SegmentedControl label="What to export" items={KINDS} value={choices.kind} onChange={(kind) => change({ kind })} />
        <p>{choices.kind === 'runnable' && !outcome.serves ? ELSEWHERE : ABOUT[choices.kind]}</p>
      </div>
      <ExportSecrets {...props} />
      {choices.kind === 'runnable' ? <Runnable {...props} /> : null}
      <ExportNotes outcome={outcome} />
    </>
  );
}

function Runnable({ choices, outcome, change }: FormProps) {
  return (
    <>
      <div className={styles.group}>
        <Select
          label="Runtime"
          items={[
            { id: 'apache', label: 'Apache StateFun 3.3.0', description: 'Flink 1.16. What the Studio is tested with.' },
            { id: 'kzmlabs', label: 'kzmlabs flinkstatefun (untested)', description: 'The maintained fork, on Flink 2 and Java 21.' },
          ]}
          value={choices.target}
          onChange={(target) => change({ target })}
        />
        {choices.target === 'kzmlabs' && (choices.compose || choices.kubernetes) ? (
          <TextField
            label="Image of the runtime"
            hint="with its tag"
            description="The Studio could not verify an image of io.github.kzmlabs.flinkstatefun, so it names none."
            mono
            isRequired
            value={choices.runtimeImage}
            onChange={(runtimeImage) => change({ runtimeImage })}
          />
        ) : null}
      </div>
      <div className={styles.group}>
        <h3>Parts</h3>
        {outcome.serves ? (
          <Checkbox
            isSelected={choices.docker || choices.compose || choices.kubernetes}
            isDisabled={choices.compose || choices.kubernetes}
            onChange={(docker) => change({ docker })}
            description="An image of the function server"
          >
            Dockerfile
          </Checkbox>
        ) : null}
        <Checkbox
          isSelected={choices.compose}
          onChange={(compose) => change({ compose })}
          description={
            outcome.serves
              ? 'StateFun, Kafka with its topics, and the functions, with one command'
              : 'StateFun, and Kafka with its topics, with one command'
          }
        >
          Docker Compose
        </Checkbox>
        <Checkbox
          isSelected={choices.kubernetes}
          onChange={(kubernetes) => change({ kubernetes })}
          description="Manifests for kubectl apply -k"
        >
          Kubernetes
        </Checkbox>
        {choices.kubernetes ? <KubernetesFields choices={choices} outcome={outcome} change={change} /> : null}
      </div>
      {choices.compose ? <ComposeQuestions choices={choices} outcome={outcome} change={change} /> : null}
    </>
  );
}

function KubernetesFields({ choices, outcome, change }: FormProps) {
  return (
    <div className={styles.nested}>
      {outcome.serves ? (
        <TextField
          label="Image of the function server"
          hint="as the cluster pulls it"
          placeholder="registry.example.com/team/functions:1.0.0"
          mono
          isRequired
          value={choices.functionsImage}
          onChange={(functionsImage) => change({ functionsImage })}
        />
      ) : null}
      <SegmentedControl
        label="Where checkpoints go"
        size="small"
        items={[
          { id: 'uri', label: 'Checkpoints at a URI' },
          { id: 'claim', label: 'On a volume claim' },
        ]}
        value={choices.checkpointsType}
        onChange={(checkpointsType) => change({ checkpointsType })}
      />
      <TextField
        label={choices.checkpointsType === 'uri' ? 'URI for checkpoints' : 'Name of the volume claim'}
        hint={choices.checkpointsType === 'uri' ? 'every pod reaches it' : 'existing, ReadWriteMany'}
        placeholder={choices.checkpointsType === 'uri' ? 's3://bucket/path' : ''}
        mono
        isRequired
        value={choices.checkpoints}
        onChange={(checkpoints) => change({ checkpoints })}
      />
    </div>
  );
}

const CHOICES = [
  { id: 'as-is', label: 'Use it as it is' },
  { id: 'local', label: 'Local stand-in' },
] as const;

const SERVERS = [
  { id: 'as-is', label: 'Use it as it is' },
  { id: 'local', label: 'On this machine' },
] as const;

/** Only what cannot be known: addresses that a container can have raise no question. */
function ComposeQuestions({ choices, outcome, change }: FormProps) {
  const surroundings = outcome.exported?.surroundings;
  const brokers = surroundings?.brokers.filter(({ place }) => place === null) ?? [];
  const endpoints = surroundings?.endpoints.filter(({ place }) => place === null) ?? [];
  const servers = surroundings?.servers.filter(({ local }) => local !== null) ?? [];
  const unknown = surroundings?.brokers.flatMap((broker) => broker.unknown) ?? [];
  return (
    <>
      {brokers.length === 0 ? null : (
        <div className={styles.group}>
          <h3>Kafka</h3>
          {brokers.map(({ address, why }) => (
            <p key={address}>
              No container can stand in for <code>{address}</code>: {why}.
            </p>
          ))}
          <SegmentedControl label="Kafka" items={CHOICES} value={choices.kafka} onChange={(kafka) => change({ kafka })} />
        </div>
      )}
      {endpoints.length === 0 ? null : (
        <div className={styles.group}>
          <h3>Functions</h3>
          {endpoints.map(({ url, why }) => (
            <p key={url}>
              No container can stand in for <code>{url}</code>: {why}.
            </p>
          ))}
          <SegmentedControl label="Functions" items={CHOICES} value={choices.functions} onChange={(functions) => change({ functions })} />
        </div>
      )}
      {servers.length === 0 ? null : (
        <div className={styles.group}>
          <h3>Servers of yours</h3>
          {servers.map(({ node, title, url, local, isLoopback }) => (
            <p key={node}>
              {title} is at <code>{url}</code>
              {isLoopback ? ', which is, in a container, that container itself' : ''}. From a container, this machine reaches it at{' '}
              <code>{local}</code>.
            </p>
          ))}
          <SegmentedControl
            label="Servers of yours"
            items={SERVERS}
            value={choices.servers}
            onChange={(next) => change({ servers: next })}
          />
        </div>
      )}
      {unknown.length === 0 ? null : (
        <div className={styles.group}>
          <TextField
            label="Topics to make"
            hint="apart by blanks"
            description={`The code does not tell which topics ${unknown.join(', ')} writes to.`}
            mono
            value={choices.topics}
            onChange={(topics) => change({ topics })}
          />
        </div>
      )}
    </>
  );
}
