/** Values drawn from the types of the function's messages and states: what throws, what answers otherwise the next time, what never ends. */
import { Dices } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Typename } from '../../base/ids.ts';
import { builtInForm } from '../../protocol/entered-value.ts';
import type { FuzzFinding, FuzzReport } from '../../worker/trial-contract.ts';
import { useDocument } from '../../state/document-controller.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { formatUnits } from '../run/format-count.ts';
import { PlaceLink } from '../run/PlaceLink.tsx';
import { draftOfInput } from './bench-draft.ts';
import type { BenchDraft } from './bench-draft.ts';
import { runTrial, setDraft } from './bench-session.ts';
import { Section } from './BenchSection.tsx';
import { cancelFuzz, fuzz, useFuzz } from './fuzz-session.ts';
import { formatReal } from './real-time-text.ts';
import { useTypeNames } from './type-names.ts';
import styles from './Bench.module.css';

const SAMPLES = 500;
const MOST = 5000;

export function FuzzSection({ draft }: { readonly draft: BenchDraft }) {
  const { typename } = draft;
  const report = useFuzz((state) => state.reports.get(typename) ?? null);
  const error = useFuzz((state) => state.errors.get(typename) ?? null);
  const [samples, setSamples] = useState<number | null>(SAMPLES);
  const running = useFuzz((state) => state.progress?.typename === typename);
  const root = useRef<HTMLDivElement>(null);
  const before = useRef(running);
  // What was found comes below the edge where a result of a trial stands above it. A report of before moves nothing.
  useEffect(() => {
    if (before.current && !running) {
      root.current?.scrollIntoView({ block: 'start' });
    }
    before.current = running;
  }, [running]);
  return (
    <div ref={root} className={styles.fuzz}>
      <Section title="Fuzz">
        {running ? (
          <FuzzProgress />
        ) : (
          <div className={styles.fuzzForm}>
            <NumberField label="Samples" value={samples} minValue={10} maxValue={MOST} step={10} onChange={setSamples} />
            <Button variant="line" icon={<Dices aria-hidden="true" />} onPress={() => void fuzz(typename, samples ?? SAMPLES, draft.seed)}>
              Fuzz
            </Button>
          </div>
        )}
        {error === null ? null : <ErrorNote live>{error}</ErrorNote>}
        {report === null || running ? null : <Report report={report} typename={typename} />}
      </Section>
    </div>
  );
}

function FuzzProgress() {
  const progress = useFuzz((state) => state.progress);
  return progress === null ? null : (
    <div className={styles.fuzzProgress} role="status">
      <progress max={Math.max(1, progress.total)} value={progress.done} aria-label="Samples tried" />
      <span className={styles.took}>
        {progress.done} of {progress.total}
        {progress.findings === 0 ? '' : `, ${formatUnits(progress.findings, 'finding')}`}
      </span>
      <Button variant="link" onPress={cancelFuzz}>
        Cancel
      </Button>
    </div>
  );
}

function Report({ report, typename }: { readonly report: FuzzReport; readonly typename: Typename }) {
  const nameOf = useTypeNames();
  if (report.notLoaded !== null) {
    return <ErrorNote live>{report.notLoaded.message}</ErrorNote>;
  }
  const guessed = report.types
    .filter(({ from, typename: type }) => from.length === 0 && builtInForm(type) === null)
    .map((type) => nameOf(type.typename));
  return (
    <>
      <p className={styles.quiet} role="status">
        {report.findings.length === 0 ? 'Nothing found in' : `${formatUnits(report.findings.length, 'finding')} in`}{' '}
        {formatUnits(report.samples, 'sample')}, {formatReal(report.realMillis)}
        {report.cancelled ? ', cancelled' : ''}.
        {guessed.length === 0 ? '' : ` Nothing is known of the values of ${guessed.join(', ')}: they were drawn at random.`}
      </p>
      {report.findings.length === 0 ? null : (
        <ul className={styles.findings} aria-label="Findings">
          {report.findings.map((finding, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the list is replaced as a whole
            <Finding key={index} finding={finding} typename={typename} />
          ))}
        </ul>
      )}
    </>
  );
}

const KINDS = { throws: 'Throws', impure: 'Impure', endless: 'Endless' } as const;

function Finding({ finding, typename }: { readonly finding: FuzzFinding; readonly typename: Typename }) {
  const open = () => {
    const fact = useDocument.getState().facts.functions.find((candidate) => candidate.typename === typename) ?? null;
    setDraft(draftOfInput(finding.input, null, fact));
    void runTrial(typename);
  };
  return (
    <li className={styles.finding}>
      <span className={styles.findingHead}>
        <Badge tone={finding.fits ? 'error' : 'warn'}>{KINDS[finding.type]}</Badge>
        <span className={styles.findingCount}>
          {formatUnits(finding.count, 'sample')}
          {finding.fits ? '' : ', with values that do not fit their types'}
        </span>
        {finding.place === null ? null : <PlaceLink place={finding.place} />}
      </span>
      <span className={styles.errorText}>{finding.message}</span>
      {finding.difference === null ? null : <span className={styles.quiet}>{finding.difference}</span>}
      <Button variant="link" onPress={open}>
        Open the smallest case
      </Button>
    </li>
  );
}
