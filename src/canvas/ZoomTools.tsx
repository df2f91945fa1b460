/** Zoom, fit, and the map of the whole. */
import { useReactFlow, useStore } from '@xyflow/react';
import { Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './ZoomTools.module.css';

/** How the whole graph is fitted into the view: clear of the tools in the corners. */
export const FIT = { padding: { top: '56px', bottom: '52px', left: '24px', right: '24px' }, maxZoom: 1.25 } as const;

export function ZoomTools({ hasMap, onToggleMap }: { readonly hasMap: boolean; readonly onToggleMap: () => void }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className={styles.tools} role="toolbar" aria-label="Zoom">
      <IconButton size="small" label="Zoom out" keys="-" icon={<Minus />} onPress={() => void zoomOut()} />
      <output className={styles.percent}>{percent} %</output>
      <IconButton size="small" label="Zoom in" keys="+" icon={<Plus />} onPress={() => void zoomIn()} />
      <span className={styles.line} />
      <IconButton size="small" label="Fit everything" keys="0" icon={<Maximize />} onPress={() => void fitView(FIT)} />
      <IconButton size="small" label="Map" pressed={hasMap} icon={<MapIcon />} onPress={onToggleMap} />
    </div>
  );
}
