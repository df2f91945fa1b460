/** One sentence that says what would be here, one action that puts it there. */
import { useReactFlow } from '@xyflow/react';
import { LogIn } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { addItem } from './acts.ts';
import styles from './EmptyCanvas.module.css';

export function EmptyCanvas() {
  const { setViewport } = useReactFlow();
  return (
    <div className={styles.place}>
      <EmptyState
        action={
          <Button
            variant="line"
            icon={<LogIn aria-hidden="true" />}
            onPress={() => {
              void setViewport({ x: 120, y: 160, zoom: 1 });
              addItem('kafka-ingress', { at: { x: 0, y: 0 }, ingress: null, frame: null });
            }}
          >
            Add a Kafka ingress
          </Button>
        }
      >
        The module is drawn here: an ingress reads records, routers pass them to functions, an egress takes the results.
      </EmptyState>
    </div>
  );
}
