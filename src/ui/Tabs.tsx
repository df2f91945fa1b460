/** A row of tabs over one panel. The panel's accessible name is its tab's. */
import type { ReactNode } from 'react';
import { Tab, TabList, Tabs as AriaTabs } from 'react-aria-components';
import { TabContent } from './TabContent.tsx';
import styles from './Tabs.module.css';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Stands beside the label, only when it means something. */
  readonly count?: ReactNode;
}

export interface TabsProps<Id extends string> {
  /** Accessible name of the row. */
  readonly label: string;
  readonly tabs: readonly TabItem<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** Controls at the right end of the row. */
  readonly actions?: ReactNode;
  /** The selected tab's content. */
  readonly children: ReactNode;
  readonly className?: string;
}

export function Tabs<Id extends string>({ label, tabs, selected, onSelect, actions, children, className }: TabsProps<Id>) {
  return (
    <div className={`${styles.tabs} ${className ?? ''}`}>
      {/* The content stands beside: what is inside React Aria's tabs it renders a second time, hidden, to find the tabs. */}
      <AriaTabs
        className={styles.strip ?? ''}
        selectedKey={selected}
        onSelectionChange={(key) => {
          const tab = tabs.find((candidate) => candidate.id === key);
          if (tab !== undefined) {
            onSelect(tab.id);
          }
        }}
      >
        <div className={styles.bar}>
          <TabList aria-label={label} className={styles.list ?? ''} items={tabs} dependencies={[tabs]}>
            {(tab) => (
              <Tab id={tab.id} className={styles.tab ?? ''}>
                {tab.label}
                {tab.count === undefined || tab.count === null ? null : <span className={styles.count}>{tab.count}</span>}
              </Tab>
            )}
          </TabList>
          {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
        </div>
      </AriaTabs>
      <TabContent key={selected}>{children}</TabContent>
    </div>
  );
}
